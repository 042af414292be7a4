package io.changeover.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Follows a changeover and shows what changes. A server that does not answer for a while is waited for. */
final class Watch {

    /** Moves so many lines up and clears what is below. */
    private static final String UP = "\u001b[%dA\u001b[J";

    private final Connection connection;
    private final ApiClient client;
    private final String path;
    private final Duration interval;
    private final PrintWriter out;
    private final boolean inPlace;
    private final boolean json;
    private String shown = "";

    Watch(Connection connection, String view, Duration interval) {
        this.connection = connection;
        this.client = connection.client();
        this.path = "/api/changeovers/" + ApiClient.segment(view);
        this.interval = interval;
        this.out = Objects.requireNonNull(connection.spec).commandLine().getOut();
        this.json = connection.output == Connection.Output.json;
        this.inPlace = connection.isTerminal() && !json;
    }

    /** The exit code once the changeover is over, or at once where somebody interrupts. */
    int untilOver() {
        JsonNode status = client.get(path); // whoever names a wrong server or view is told at once
        while (!isOver(status)) {
            show(status);
            try {
                Thread.sleep(interval.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ExitCode.OK;
            }
            status = next(status);
        }
        clear();
        if (json) {
            connection.print(status, Show::changeover);
        } else {
            out.println(Show.changeover(status));
            out.flush();
        }
        return status.path("phase").asString().equals("completed") ? ExitCode.OK : ExitCode.REFUSED;
    }

    private JsonNode next(JsonNode last) {
        try {
            return client.get(path);
        } catch (UnreachableException e) {
            present("%s%nno answer; looking again".formatted(ShowWatch.line(last, none())), "no answer; looking again");
            return last;
        }
    }

    private static boolean isOver(JsonNode status) {
        String phase = status.path("phase").asString();
        return phase.equals("completed") || phase.equals("aborted");
    }

    private void show(JsonNode status) {
        JsonNode gates = gates(status);
        if (json) {
            present("", status.toString());
        } else {
            present(ShowWatch.frame(status, gates), ShowWatch.line(status, gates));
        }
    }

    private JsonNode gates(JsonNode status) {
        if (!status.path("plan").isString()) {
            return none();
        }
        try {
            return client.get(path + "/gates");
        } catch (UnreachableException | RefusedException e) {
            return none(); // it has ended or the server has gone between the two questions; the next look tells
        }
    }

    private static JsonNode none() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private void present(String frame, String line) {
        if (inPlace) {
            clear();
            out.println(frame);
            out.flush();
            shown = frame;
        } else if (!line.equals(shown)) {
            out.println(line);
            out.flush();
            shown = line;
        }
    }

    private void clear() {
        if (inPlace && !shown.isEmpty()) {
            out.print(UP.formatted(shown.lines().count()));
            shown = "";
        }
    }
}
