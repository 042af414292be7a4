package io.changeover.cli;

import io.changeover.catalog.SchemaRefusedException;
import io.changeover.event.InvalidEventTypesException;
import io.changeover.sample.InvalidSampleException;
import io.changeover.schema.InvalidSchemaLockException;
import io.changeover.schema.UnsupportedEventClassException;
import io.changeover.upcast.InvalidEventStepsException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;

/** Says in a sentence what is wrong, where that is known; a stack trace is for what nobody thought of. */
final class Failures implements IExecutionExceptionHandler {

    /** Their messages are complete: the value, the rule and the remedy. */
    private static final Set<Class<? extends Exception>> COMPLETE = Set.of(
            DomainException.class,
            InvalidEventTypesException.class,
            InvalidEventStepsException.class,
            UnsupportedEventClassException.class,
            InvalidSchemaLockException.class,
            SchemaRefusedException.class,
            InvalidSampleException.class,
            IllegalArgumentException.class);

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, CommandLine.ParseResult parseResult)
            throws Exception {
        PrintWriter err = commandLine.getErr();
        if (e instanceof RefusedException) {
            err.println("refused: " + e.getMessage());
            return ExitCode.REFUSED;
        }
        if (e instanceof UnreachableException) {
            err.println(e.getMessage());
            return ExitCode.UNREACHABLE;
        }
        if (e instanceof CommandLine.ParameterException usage) {
            return commandLine
                    .getParameterExceptionHandler()
                    .handleParseException(usage, parseResult.originalArgs().toArray(String[]::new));
        }
        if (COMPLETE.contains(e.getClass())) {
            err.println(e.getMessage());
            return ExitCode.REFUSED;
        }
        if (e instanceof UncheckedIOException io) {
            err.println("A file must be readable and writable but is not: %s; correct its permissions or the path"
                    .formatted(io.getCause()));
            return ExitCode.REFUSED;
        }
        throw e;
    }
}
