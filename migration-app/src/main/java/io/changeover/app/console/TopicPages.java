package io.changeover.app.console;

import io.changeover.operation.MirrorOperations;
import io.changeover.operation.NoMirrorOperations;
import io.changeover.operation.TopicOperations;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Topics that this application publishes, and the one that its views follow. */
@Controller
class TopicPages {

    private final TopicOperations topics;
    private final MirrorOperations mirror;

    TopicPages(TopicOperations topics, MirrorOperations mirror) {
        this.topics = topics;
        this.mirror = mirror;
    }

    @GetMapping("/console/topics")
    String topics(Model model) {
        model.addAttribute("topics", topics.topics());
        model.addAttribute("mirror", mirror instanceof NoMirrorOperations ? null : mirror.mirror());
        return new Page("Topics", "topics", "bin/changeover topics").show(model, "topics");
    }
}
