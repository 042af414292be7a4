package io.changeover.app.console;

import io.changeover.fallback.FallbackReport;
import io.changeover.operation.CompletionOperations;
import io.changeover.operation.FallbackOperations;
import io.changeover.operation.Operations;
import io.changeover.operation.ReportOperations;
import io.changeover.operation.RouteOperations;
import io.changeover.operation.RouteStatus;
import io.changeover.operation.ShadowOperations;
import io.changeover.operation.ViewStatus;
import io.changeover.serving.Reader;
import io.changeover.shadow.ShadowReport;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** One view: its versions, who is answered by which, and how they fare. */
@Controller
class ViewController {

    private static final int REPORTS = 10;
    private static final int LONGEST = 200;

    private final Operations operations;
    private final RouteOperations routes;
    private final CompletionOperations completion;
    private final FallbackOperations fallbacks;
    private final ObjectProvider<ShadowOperations> shadow;
    private final ReportOperations reports;
    private final Words words;

    ViewController(
            Operations operations,
            RouteOperations routes,
            CompletionOperations completion,
            FallbackOperations fallbacks,
            ObjectProvider<ShadowOperations> shadow,
            ReportOperations reports,
            Clock clock) {
        this.operations = operations;
        this.routes = routes;
        this.completion = completion;
        this.fallbacks = fallbacks;
        this.shadow = shadow;
        this.reports = reports;
        this.words = new Words(clock);
    }

    /** A reader may be named, to be told by which version it is answered and why. */
    @GetMapping("/console/views/{view}")
    String view(
            @PathVariable String view,
            @RequestParam(defaultValue = "") String reader,
            @RequestParam(defaultValue = "") String tenant,
            @RequestParam(defaultValue = "") String principal,
            Model model) {
        ViewStatus status = operations.view(view);
        Told<RouteStatus> route = Told.of(() -> routes.route(view, Reader.of(null)));
        Told<FallbackReport> fared = Told.of(() -> fallbacks.fallbacks(view));
        ShadowOperations reads = shadow.getIfAvailable();
        Told<ShadowReport> compared = reads == null
                ? new Told<>(
                        null,
                        "This node makes no shadow reads; set changeover.shadow.enabled to true, or ask a node that makes them")
                : Told.of(() -> reads.report(view));
        model.addAttribute("words", words);
        model.addAttribute("view", status);
        model.addAttribute("route", route);
        model.addAttribute("asked", !(reader + tenant + principal).isBlank());
        model.addAttribute("reader", shortened(reader));
        model.addAttribute("tenant", shortened(tenant));
        model.addAttribute("principal", shortened(principal));
        model.addAttribute(
                "explained",
                Told.of(() -> routes.route(
                        view, Reader.of(orNull(reader)).ofTenant(orNull(tenant)).as(orNull(principal)))));
        model.addAttribute("fallbacks", fared);
        model.addAttribute("shadow", compared);
        model.addAttribute("disposals", completion.disposals(view));
        model.addAttribute("reports", reports.reports(view, REPORTS));
        return new Page("View " + view, "overview", "bin/changeover view " + view).show(model, "view");
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : shortened(text);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
