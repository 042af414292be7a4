package io.changeover.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchitectureTest {

    private static final String ROOT = "io.changeover";
    private static final String WRONG = "io.changeover.architecture.wrong";

    private static final JavaClasses SHIPPED = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses WRONG_CLASSES = new ClassFileImporter().importPackages(WRONG);

    @Test
    void classes_of_every_module_and_none_of_the_tests_are_looked_at() {
        assertThat(SHIPPED.stream().map(checked -> checked.getName()))
                .contains(
                        "io.changeover.event.EventTypes",
                        "io.changeover.changeover.Changeover",
                        "io.changeover.upcast.EventSteps",
                        "io.changeover.view.FoldedVersion",
                        "io.changeover.projection.Folding",
                        "io.changeover.operation.Operations",
                        "io.changeover.kit.RoundTrips",
                        "io.changeover.app.ChangeoverApplication",
                        "io.changeover.cli.Changeover",
                        "io.changeover.examples.orders.order.Order")
                .noneMatch(name -> name.startsWith("io.changeover.testkit") || name.startsWith(WRONG));
    }

    @TestFactory
    Stream<DynamicTest> the_house_keeps_its_rules() {
        return new House(ROOT)
                .rules().entrySet().stream()
                        .map(rule ->
                                dynamicTest(rule.getKey(), () -> rule.getValue().check(SHIPPED)));
    }

    @TestFactory
    Stream<DynamicTest> each_rule_finds_the_class_that_breaks_it() {
        return new House(WRONG)
                .rules().entrySet().stream()
                        .map(rule -> dynamicTest(rule.getKey(), () -> assertThat(
                                        rule.getValue().evaluate(WRONG_CLASSES).hasViolation())
                                .isTrue()));
    }
}
