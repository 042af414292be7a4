package io.changeover.benchmark.serving.call;

/** What is measured, by the name of its method in {@link CallBenchmark}. */
enum Scenario {
    DIRECT("direct", "direct", false),
    NO_CHANGEOVER("noChangeover", "no changeover", true),
    OPEN_BY_CONTEXT("openByContext", "open at 50 %, reader of the context", true),
    OPEN_BY_PARAMETER("openByParameter", "open at 50 %, reader as a parameter", true),
    OPEN_WITH_PINS("openWithPins", "open at 50 % with pins", true),
    OPEN_SAMPLED("openSampled", "open at 50 %, 1 % sampled", false),
    GUARDED("guarded", "guarded, without a limit", false),
    GUARDED_WITH_LIMIT("guardedWithLimit", "guarded, with a time limit", false),
    OPEN_FEATURE("openFeature", "open at 50 %, chosen by OpenFeature", false),
    DYNAMIC_PROXY("dynamicProxy", "dynamic proxy, reflective call", false);

    private final String method;
    private final String title;
    private final boolean plain;

    Scenario(String method, String title, boolean plain) {
        this.method = method;
        this.title = title;
        this.plain = plain;
    }

    String method() {
        return method;
    }

    String title() {
        return title;
    }

    /** Whether nothing but a decision stands between the call and its answer, which the goals are about. */
    boolean plain() {
        return plain;
    }
}
