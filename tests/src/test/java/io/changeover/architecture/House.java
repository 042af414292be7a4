package io.changeover.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the house for classes below a root package. The root is given from outside, so that the same rules can be
 * held against a house in which each of them is broken.
 */
final class House {

    private static final List<String> DOMAIN = List.of("event", "sensitive", "plan", "changeover", "domain");
    private static final List<String> UPCASTERS = List.of("upcast", "schema", "sample", "catalog", "upcasters");
    private static final List<String> PROJECTIONS = List.of(
            "view",
            "stream",
            "trace",
            "projection",
            "backfill",
            "throttle",
            "parity",
            "comparison",
            "rebuild",
            "reconcile",
            "explain",
            "selfcheck",
            "repair",
            "serving",
            "flag",
            "apiversion",
            "consumer",
            "fallback",
            "shadow",
            "freshness",
            "web",
            "gate",
            "autopilot",
            "effect",
            "publish",
            "mirror",
            "completion",
            "simulation",
            "report",
            "audit",
            "doctor",
            "meter",
            "operation",
            "projections");
    private static final List<String> KIT = List.of("kit");
    private static final List<String> APP = List.of("app", "cli", "terminal");
    private static final List<String> EXAMPLES = List.of("examples");

    private final String root;

    House(String root) {
        this.root = root;
    }

    Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("every class belongs to a module", everyClassBelongsToAModule());
        rules.put("domain knows no other module", knowsOnly(DOMAIN, List.of()));
        rules.put("upcasters know only domain", knowsOnly(UPCASTERS, DOMAIN));
        rules.put("projections know only upcasters and domain", knowsOnly(PROJECTIONS, both(UPCASTERS, DOMAIN)));
        rules.put("the kit knows only upcasters and domain", knowsOnly(KIT, both(UPCASTERS, DOMAIN)));
        rules.put(
                "examples never see the application", knowsOnly(EXAMPLES, both(PROJECTIONS, both(UPCASTERS, DOMAIN))));
        rules.put("the application knows no example", knowsOnly(APP, both(PROJECTIONS, both(UPCASTERS, DOMAIN))));
        rules.put(
                "packages are free of cycles",
                slices().matching(root + ".(*)..").should().beFreeOfCycles());
        rules.put("core types are free of Spring", coreIsFreeOfSpring());
        rules.put("what works on the database takes only JDBC and transactions of Spring", onlyJdbcAndTransactions());
        rules.put("the command line is free of Spring, so that it answers at once", cliIsFreeOfSpring());
        rules.put("every package is null-marked", everyPackageIsNullMarked());
        rules.put("only terminals print", onlyTerminalsPrint());
        rules.put("time is that of java.time", noOldDates());
        rules.put("time comes from a clock", noTimeOfItsOwn());
        return rules;
    }

    private ArchRule everyClassBelongsToAModule() {
        return classes().should().resideInAnyPackage(packages(modules()));
    }

    private ArchRule knowsOnly(List<String> module, List<String> others) {
        String[] allowed = packages(both(module, others));
        return noClasses()
                .that()
                .resideInAnyPackage(packages(module))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "lie in the house outside of " + List.of(allowed),
                        target -> inAnyPackage(target, root + "..") && !inAnyPackage(target, allowed)));
    }

    private ArchRule coreIsFreeOfSpring() {
        return noClasses()
                .that()
                .resideInAnyPackage(packages(List.of("view", "event", "upcast", "schema", "plan", "changeover")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..");
    }

    private ArchRule onlyJdbcAndTransactions() {
        return noClasses()
                .that()
                .resideInAnyPackage(packages(List.of(
                        "projection",
                        "parity",
                        "comparison",
                        "rebuild",
                        "reconcile",
                        "explain",
                        "selfcheck",
                        "repair",
                        "stream",
                        "backfill",
                        "throttle",
                        "serving",
                        "flag",
                        "consumer",
                        "fallback",
                        "shadow",
                        "freshness",
                        "gate",
                        "autopilot",
                        "effect",
                        "publish",
                        "mirror",
                        "completion",
                        "simulation",
                        "report",
                        "audit",
                        "doctor",
                        "operation")))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of Spring but neither JDBC nor transactions",
                        target -> inAnyPackage(target, "org.springframework..")
                                && !inAnyPackage(
                                        target,
                                        "org.springframework.jdbc..",
                                        "org.springframework.transaction..",
                                        "org.springframework.dao..")));
    }

    private ArchRule cliIsFreeOfSpring() {
        return noClasses()
                .that()
                .resideInAnyPackage(packages(List.of("cli")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..");
    }

    private ArchRule everyPackageIsNullMarked() {
        return classes().should(new ArchCondition<JavaClass>("lie in a package whose package-info is @NullMarked") {
            @Override
            public void check(JavaClass checked, ConditionEvents events) {
                JavaPackage itsPackage = checked.getPackage();
                boolean marked = itsPackage
                        .tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                if (!marked) {
                    events.add(SimpleConditionEvent.violated(
                            checked,
                            "package %s of %s has no package-info with @NullMarked"
                                    .formatted(itsPackage.getName(), checked.getName())));
                }
            }
        });
    }

    private ArchRule onlyTerminalsPrint() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages(List.of("cli", "terminal", "app.demo")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err");
    }

    private ArchRule noOldDates() {
        return noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe("are dates from before java.time", target -> List.of(
                                "java.util.Date",
                                "java.util.Calendar",
                                "java.util.GregorianCalendar",
                                "java.sql.Date",
                                "java.sql.Time",
                                "java.sql.Timestamp",
                                "java.text.SimpleDateFormat")
                        .contains(target.getName())));
    }

    private ArchRule noTimeOfItsOwn() {
        ArchCondition<JavaClass> ask = callMethod(System.class, "currentTimeMillis");
        for (Class<?> type : List.of(
                Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class)) {
            ask = ask.or(callMethod(type, "now"));
        }
        return noClasses().should(ask);
    }

    private static List<String> modules() {
        return both(both(DOMAIN, UPCASTERS), both(PROJECTIONS, both(KIT, both(APP, EXAMPLES))));
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private String[] packages(List<String> names) {
        return names.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
    }

    private static boolean inAnyPackage(JavaClass checked, String... patterns) {
        return JavaClass.Predicates.resideInAnyPackage(patterns).test(checked);
    }
}
