package io.changeover.consumer;

import io.changeover.serving.ReadTally;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once a day in the log of each node who reads a view without having declared it. Not safe for use by several threads. */
final class UndeclaredReads {

    private static final Logger LOG = LoggerFactory.getLogger(UndeclaredReads.class);

    private final ConsumerCatalogue catalogue;
    private final Set<Said> said = new HashSet<>();
    private LocalDate day = LocalDate.MIN;

    UndeclaredReads(ConsumerCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    private record Said(String consumer, String view) {}

    /** Whoever declares no consumer at all does not want to hear that none is. */
    void note(ReadTally tally, LocalDate today) {
        if (!today.equals(day)) {
            said.clear();
            day = today;
        }
        if (!catalogue.all().isEmpty()
                && said.add(new Said(tally.identity().consumer(), tally.view()))
                && LOG.isWarnEnabled()) {
            LOG.warn(text(tally));
        }
    }

    String text(ReadTally tally) {
        String name = tally.identity().consumer();
        String api = tally.identity().apiVersion().isEmpty()
                ? ""
                : " by version " + tally.identity().apiVersion() + " of the API";
        String read = "%s@%d%s".formatted(tally.view(), tally.version(), api);
        if (catalogue.find(name).isPresent()) {
            return "Consumer '%s' reads %s, which it has not declared; add it to changeover.consumers.%s or find out why"
                    .formatted(name, read, name);
        }
        if (ConsumerNameRule.problem(name).isEmpty()) {
            return "Consumer '%s' reads %s and is not declared; declare it as changeover.consumers.%s or find out who it is"
                    .formatted(name, read, name);
        }
        return "Readers counted as '%s' read %s; find out who they are, declare them as changeover.consumers.<name> and give them a token with 'changeover consumers token NAME'"
                .formatted(name, read);
    }
}
