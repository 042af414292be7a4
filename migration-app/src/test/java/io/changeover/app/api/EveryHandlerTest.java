package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** What every handler has; one that is added later is held to it without a change here. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryHandlerTest {

    /** These are asked by POST because they take a body, and change nothing. */
    private static final Set<String> READING = Set.of(
            "ViewsController.compare",
            "RowsController.selfCheck",
            "SimulationController.simulate",
            "PlansController.preview");

    @Test
    void a_handler_that_changes_something_can_be_asked_for_a_dry_run() {
        List<String> changing = new ArrayList<>();
        List<String> dry = new ArrayList<>();
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        scanner.findCandidateComponents(getClass().getPackageName()).forEach(found -> {
            Class<?> controller = ClassUtils.resolveClassName(
                    String.valueOf(found.getBeanClassName()), getClass().getClassLoader());
            for (Method method : controller.getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                String name = controller.getSimpleName() + "." + method.getName();
                if (mapping != null
                        && !List.of(mapping.method()).equals(List.of(RequestMethod.GET))
                        && !READING.contains(name)) {
                    changing.add(name);
                }
                if (method.isAnnotationPresent(TakesDryRun.class)) {
                    dry.add(name);
                }
            }
        });
        assertThat(changing).contains("ChangeoversController.shift", "ThrottleController.change");
        assertThat(dry).containsExactlyInAnyOrderElementsOf(changing);
    }

    @Test
    void a_handler_that_does_not_say_so_is_not_reached_by_a_dry_run() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/views/order-board/compare");
        request.setParameter("dryRun", "true");
        org.assertj.core.api.Assertions.assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(
                        () -> new DryRunInterceptor().preHandle(request, new MockHttpServletResponse(), new Object()))
                .withMessage(
                        "POST /api/views/order-board/compare has no dry run, and nothing was done; leave dryRun out to have it done");
    }

    @Test
    void a_dry_run_is_asked_for_by_true_and_by_nothing_else() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/changeovers");
        request.setParameter("dryRun", "yes");
        org.assertj.core.api.Assertions.assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(
                        () -> new DryRunInterceptor().preHandle(request, new MockHttpServletResponse(), new Object()))
                .withMessage("Parameter 'dryRun' is 'yes' but must be true or false; correct it");
    }
}
