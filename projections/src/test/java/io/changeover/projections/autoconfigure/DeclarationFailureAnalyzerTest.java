package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.changeover.view.VersionId;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeclarationFailureAnalyzerTest {

    @Test
    void a_view_name_that_is_no_safe_identifier_is_told_without_what_the_container_wrapped_around_it() {
        Throwable cause = catchThrowable(() -> new VersionId("order_board; drop", 1));
        FailureAnalysis analysis =
                new DeclarationFailureAnalyzer().analyze(new BeanCreationException("versions", cause));
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription())
                .isEqualTo(
                        "View name 'order_board; drop' must be lower-case words of letters and digits joined by hyphens, such as 'order-board', with at most 40 characters; rename the view");
        assertThat(analysis.getAction())
                .isEqualTo("Do what each sentence above ends with, then start again. Nothing was changed.");
    }

    @Test
    void other_failures_are_left_to_others() {
        assertThat(new DeclarationFailureAnalyzer().analyze(new IllegalStateException("else")))
                .isNull();
    }

    @Test
    void it_is_registered() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, (type, name, failure) -> {}))
                .hasAtLeastOneElementOfType(DeclarationFailureAnalyzer.class);
    }
}
