package io.changeover.app.console;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/** Addresses at which there is nothing. */
@Controller
class UnknownPages {

    /** All but the assets, which are files. */
    @RequestMapping("/console/{place:(?!assets$).*}/**")
    String unknown(Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.NOT_FOUND.value());
        model.addAttribute("status", HttpStatus.NOT_FOUND.value());
        model.addAttribute("message", "There is no page at this address; the navigation above leads to those that are");
        return new Page("Not found", "", "").show(model, "problem");
    }
}
