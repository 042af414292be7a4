package io.changeover.plan;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * The text of a plan as a tree of values with their places. What makes YAML dangerous or hard to read is refused before a
 * tree is made: anchors can grow without bounds, and tags make objects.
 */
final class PlanDocument {

    private static final int DEEPEST = 10;

    private final String text;
    private final PlanProblems problems;
    private int depth;
    private int documents;

    private PlanDocument(String text, PlanProblems problems) {
        this.text = text;
        this.problems = problems;
    }

    /** The root of the tree; empty where there is none, or where it could not be made, with the problem. */
    static Optional<Node> of(String text, PlanProblems problems) {
        return new PlanDocument(text, problems).root();
    }

    private Optional<Node> root() {
        try {
            for (Event event : yaml().parse(new StringReader(text))) {
                inspect(event);
                if (depth > DEEPEST) {
                    return Optional.empty();
                }
            }
            problems.throwIfAny();
            return Optional.ofNullable(yaml().compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            Mark place = e.getProblemMark();
            String problem = "the text is no YAML: %s; correct its syntax".formatted(e.getProblem());
            if (place == null) {
                problems.add(1, 1, problem);
            } else {
                problems.add(place, problem);
            }
        } catch (ReaderException e) {
            unreadable(e);
        }
        return Optional.empty();
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(PlanReader.LONGEST);
        options.setNestingDepthLimit(DEEPEST);
        return new Yaml(options);
    }

    private void inspect(Event event) {
        Mark place = event.getStartMark();
        if (event instanceof DocumentStartEvent && ++documents > 1) {
            problems.add(place, "a second document begins, and a file holds one plan; put it into a file of its own");
        }
        if (event instanceof AliasEvent alias) {
            problems.add(
                    place,
                    "alias '*%s' is not allowed in a plan; write out what it stands for".formatted(alias.getAnchor()));
        } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
            problems.add(place, "anchor '&%s' is not allowed in a plan; take it out".formatted(node.getAnchor()));
        }
        String tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent collection ? collection.getTag() : null;
        if (tag != null) {
            problems.add(place, "tag '%s' is not allowed in a plan; take it out".formatted(tag));
        }
        if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
            problems.add(place, "values are nested more than %d deep; a plan needs 4".formatted(DEEPEST));
        } else if (event instanceof CollectionEndEvent) {
            depth--;
        }
    }

    private void unreadable(ReaderException e) {
        int position = Math.min(e.getPosition(), text.length());
        String before = text.substring(0, position);
        problems.add(
                (int) before.chars().filter(character -> character == '\n').count() + 1,
                position - before.lastIndexOf('\n'),
                "character U+%04X is not allowed in YAML; take it out".formatted(e.getCodePoint()));
    }
}
