package io.changeover.metrics;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a PromQL expression asks for: enough of its grammar to tell metrics and labels from everything else. */
final class Queries {

    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)}");
    private static final Pattern MATCHED = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?![a-zA-Z0-9_:]|\\s*\\()");
    private static final Pattern NUMBER = Pattern.compile("\\b[0-9][0-9.]*([eE][0-9]+|[a-z]+)?\\b");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    private Queries() {}

    /** Names of the metrics that the expression asks for. */
    static Set<String> metrics(String expression) {
        String bare = TEXT.matcher(expression).replaceAll("");
        bare = MATCHERS.matcher(bare).replaceAll("");
        bare = RANGE.matcher(bare).replaceAll("");
        bare = GROUPING.matcher(bare).replaceAll(" ");
        bare = NUMBER.matcher(bare).replaceAll(" ");
        return NAME.matcher(bare)
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of the labels that it matches, groups or joins by. */
    static Set<String> labels(String expression) {
        String bare = TEXT.matcher(expression).replaceAll("");
        Stream<String> matched = MATCHERS.matcher(bare)
                .results()
                .flatMap(matchers -> MATCHED.matcher(matchers.group(1)).results())
                .map(label -> label.group(1));
        Matcher groupings = GROUPING.matcher(bare);
        Stream<String> grouped = groupings
                .results()
                .flatMap(grouping -> List.of(grouping.group(2).split(",")).stream())
                .map(String::strip)
                .filter(label -> !label.isEmpty());
        return Stream.concat(matched, grouped).collect(Collectors.toCollection(TreeSet::new));
    }
}
