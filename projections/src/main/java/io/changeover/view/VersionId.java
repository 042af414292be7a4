package io.changeover.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One version of one view, written {@code order-board@2}.
 *
 * @param view name of the view
 * @param version number of the version
 */
public record VersionId(String view, int version) implements Comparable<VersionId> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern TEXT = Pattern.compile("(.+)@([0-9]{1,6})");
    private static final int MAX_LENGTH = 40;

    /**
     * @throws InvalidVersionIdException when the name is not a safe identifier or the number is not 1 to 999,999; the
     *     rule keeps names fit for tables, addresses and metrics without quoting
     */
    public VersionId {
        if (view.length() > MAX_LENGTH || !NAME.matcher(view).matches()) {
            throw new InvalidVersionIdException(
                    "View name '%s' must be lower-case words of letters and digits joined by hyphens, such as 'order-board', with at most %d characters; rename the view"
                            .formatted(view, MAX_LENGTH));
        }
        if (version < 1 || version > 999_999) {
            throw new InvalidVersionIdException(
                    "Version %d of view '%s' must be from 1 to 999999; renumber it".formatted(version, view));
        }
    }

    /**
     * Reads the written form.
     *
     * @throws InvalidVersionIdException when the text is not of that form
     */
    public static VersionId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidVersionIdException(
                    "'%s' must name a view version such as 'order-board@2'; add the version after an @"
                            .formatted(text));
        }
        return new VersionId(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    /** Name of the table that holds the rows, without its schema. */
    public String tableName() {
        return view.replace('-', '_') + "_v" + version;
    }

    @Override
    public int compareTo(VersionId other) {
        int byView = view.compareTo(other.view);
        return byView != 0 ? byView : Integer.compare(version, other.version);
    }

    @Override
    public String toString() {
        return view + "@" + version;
    }
}
