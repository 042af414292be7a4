package io.changeover.app.console;

import io.changeover.app.security.Role;
import io.changeover.app.security.SignedIn;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What may be asked of a changeover from its page. Each has the name, and the rules, of the verb on the command line. */
enum Verb {
    DECLARE(
            "Declare a changeover",
            "Opens a changeover of the view to another version. No reader notices anything, and nothing is built yet. With a plan, the autopilot carries it out.",
            "declare %s --to N",
            Field.VERSION,
            Field.PLAN),
    PLAN(
            "Adopt a plan",
            "Has the open changeover carried out by the plan, from where it stands. What was approved of an earlier plan is not approved any more.",
            "plan adopt %s FILE",
            Field.PLAN),
    BACKFILL(
            "Start the backfill",
            "Builds the new version from history, beside the old one, which goes on serving all readers.",
            "backfill %s"),
    VERIFY(
            "Verify",
            "Compares all rows of both versions at one position, and records the verdict. It takes as long as the rows are many; this page answers when it is done.",
            "verify %s"),
    SHIFT(
            "Shift readers",
            "Moves reads, so that this share of readers is served by the new version.",
            "shift %s N",
            Field.PERCENT),
    STEP(
            "Take the next step now",
            "Goes on to the next step of the plan before the time of this one is over. Gates and approvals still count.",
            "step %s"),
    APPROVE(
            "Approve a step",
            "Agrees to a step of the plan. It begins once its gates pass and the step before has had its time.",
            "approve %s N",
            Field.PERCENT),
    PAUSE(
            "Pause",
            "Nothing moves forward until it is resumed. What measures break still sends readers back.",
            "pause %s"),
    RESUME("Resume", "Lets go on what was paused, has failed, or was rolled back.", "resume %s"),
    ROLLBACK(
            "Roll back",
            "Sends all readers back to the old version, from their next read on. Nothing is lost: both versions go on following.",
            "rollback %s"),
    PIN(
            "Pin a reader",
            "Has a tenant or a principal answered by one version, whatever the percentage.",
            "pin %s --tenant NAME --to N",
            Field.KIND,
            Field.WHO,
            Field.VERSION),
    UNPIN(
            "Unpin a reader",
            "Lets a tenant or a principal go by the percentage again.",
            "unpin %s --tenant NAME",
            Field.KIND,
            Field.WHO),
    COMPLETE(
            "Complete",
            "The new version is from now on the one that serves. The old one answers nobody any more, and leaves in stages; while it is held, the changeover can be reopened.",
            "complete %s"),
    ABORT(
            "Abort",
            "Gives the changeover up: the old version goes on serving, and the new one is stopped. What was built of it does not follow any more; going forward again needs a new declaration.",
            "abort %s"),
    REOPEN(
            "Reopen",
            "Takes the completion back while the old version is held, so that readers can be sent back to it.",
            "reopen %s"),
    PURGE(
            "Purge a version",
            "Has a version that is held not be projected any more. Its table is kept under another name until it is dropped.",
            "purge %s@N",
            Field.VERSION),
    RESTORE(
            "Restore a version",
            "Has a purged version be projected again, from where it stopped.",
            "restore %s@N",
            Field.VERSION),
    DROP(
            "Drop a version",
            "Removes a purged version for good: its table, its tokens and its dead letters. There is no way back.",
            "drop %s@N",
            Field.VERSION);

    /** What a form asks for beside the reason. */
    enum Field {
        VERSION,
        PERCENT,
        PLAN,
        KIND,
        WHO;

        /** Name in the form and in the address. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Set<Verb> FINAL = EnumSet.of(COMPLETE, ABORT, PURGE, DROP);
    private static final Set<Verb> OF_A_VERSION = EnumSet.of(PURGE, RESTORE, DROP);

    private final String title;
    private final String what;
    private final String command;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<Field> fields;

    Verb(String title, String what, String command, Field... fields) {
        this.title = title;
        this.what = what;
        this.command = command;
        this.fields = List.of(fields);
    }

    /** The verb of the word in the address. */
    static Optional<Verb> ofWord(String word) {
        return List.of(values()).stream()
                .filter(verb -> verb.word().equals(word))
                .findFirst();
    }

    /** Name in the address and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** What it does, in words. */
    public String what() {
        return what;
    }

    /** How the command line asks the same. */
    String command(String view) {
        return "bin/changeover " + command.formatted(view);
    }

    /** Whether the form asks for it. */
    public boolean asks(String field) {
        return fields.stream().anyMatch(each -> each.word().equals(field));
    }

    /** Whether all that it takes is the view, so that it can be tried at once. */
    boolean takesNothing() {
        return fields.isEmpty();
    }

    /** Whether it is tried before it is done. Trying to verify is as much work as to verify. */
    public boolean canBeTried() {
        return this != VERIFY;
    }

    /** Whether a name must be typed, since the way back is long or there is none. */
    public boolean isFinal() {
        return FINAL.contains(this);
    }

    /** Whether it is about a version and not about the changeover. */
    boolean isOfVersion() {
        return OF_A_VERSION.contains(this);
    }

    /** Whether it is for somebody with these roles to ask. What is asked all the same is refused by its address. */
    boolean isFor(SignedIn user) {
        return user.is(this == APPROVE ? Role.APPROVER : Role.OPERATOR);
    }
}
