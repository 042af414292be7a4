package io.changeover.cli;

import picocli.CommandLine.Option;

/**
 * Asks the server what a verb would do, or why it would be refused, in place of having it done. A verb that changes
 * something mixes it in and sends its request to {@link #of} its path; {@link Connection#print} shows the answer.
 */
final class DryRun {

    @Option(
            names = "--dry-run",
            description = "Say what would be done, or why it would be refused, and change nothing.")
    boolean asked;

    /** The path under which the request is sent. */
    String of(String path) {
        return asked ? path + (path.indexOf('?') < 0 ? "?" : "&") + "dryRun=true" : path;
    }
}
