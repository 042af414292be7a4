package io.changeover.app.console;

import io.changeover.app.security.UnmaskedSight;
import io.changeover.explain.Explanation;
import io.changeover.operation.Operations;
import io.changeover.operation.RowOperations;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Why a row is as it is. */
@Controller
class ExplainPages {

    private static final int MAX_KEY = 2_000;
    private static final int MAX_VERSION = 999_999;

    private final Operations operations;
    private final RowOperations rows;
    private final UnmaskedSight unmaskedSight;

    ExplainPages(Operations operations, RowOperations rows, UnmaskedSight unmaskedSight) {
        this.operations = operations;
        this.rows = rows;
        this.unmaskedSight = unmaskedSight;
    }

    /** @param parameters taken whole, since a list would be cut at the commas of a key */
    @GetMapping("/console/views/{view}/explain")
    String explain(@PathVariable String view, @RequestParam MultiValueMap<String, String> parameters, Model model) {
        List<String> key = parameters.getOrDefault("key", List.of()).stream()
                .filter(component -> !component.isBlank())
                .toList();
        Integer left = version("left", parameters.getFirst("left"));
        Integer right = version("right", parameters.getFirst("right"));
        model.addAttribute("view", operations.view(view));
        model.addAttribute("key", String.join("/", key));
        model.addAttribute("left", left);
        model.addAttribute("right", right);
        if (key.isEmpty()) {
            return page("Explain a row of " + view, view, "KEY").show(model, "explain");
        }
        if (String.join("/", key).length() > MAX_KEY) {
            throw new InvalidAddressException(
                    "The key has more than %d characters; give one of a row".formatted(MAX_KEY));
        }
        boolean unmasked = "true".equals(parameters.getFirst("unmasked"));
        if (unmasked) {
            unmaskedSight.enter("row %s of %s".formatted(String.join("/", key), view));
        }
        Explanation explanation =
                unmasked ? rows.explainUnmasked(view, key, left, right) : rows.explain(view, key, left, right);
        model.addAttribute("unmasked", unmasked);
        model.addAttribute("story", Story.of(explanation, parameters.containsKey("all")));
        return page(
                        "Row %s of %s".formatted(InvalidAddressException.shortened(String.join("/", key)), view),
                        view,
                        String.join(" ", key))
                .show(model, "explain");
    }

    private static @Nullable Integer version(String name, @Nullable String text) {
        return text == null || text.isEmpty() ? null : (Integer) (int) Inputs.number(name, text, 1, MAX_VERSION, 1);
    }

    private static Page page(String title, String view, String key) {
        return new Page(title, "overview", "bin/changeover explain %s %s".formatted(view, key));
    }
}
