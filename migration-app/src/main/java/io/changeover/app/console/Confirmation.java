package io.changeover.app.console;

import io.changeover.operation.DryRun;
import java.util.List;
import java.util.Map;
import org.springframework.ui.Model;

/**
 * A page that tells what would be done and asks whether to do it.
 *
 * @param action address to which the answer is posted
 * @param fields what goes with it
 * @param button what the button says
 * @param back address of the page that this one came from
 * @param sentences what there is to know before
 * @param intents what a dry run has said it would do
 */
record Confirmation(
        String action,
        Map<String, String> fields,
        String button,
        String back,
        List<String> sentences,
        List<DryRun.Intent> intents) {

    /** Lets the model show this; answers the name of its template. */
    String show(Page page, Model model) {
        model.addAttribute("confirmation", this);
        return page.show(model, "confirmation");
    }
}
