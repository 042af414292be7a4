package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Report;
import java.util.ArrayList;
import java.util.List;

/** A version that hardly any event concerns against one that all concern. */
final class Sparse {

    private final Bench bench;

    Sparse(Bench bench) {
        this.bench = bench;
    }

    void run() {
        long events = bench.options().events();
        Report report = bench.report();
        long concerned = bench.stores()
                .of(events)
                .number(
                        "select count(*) from public.domain_event_entry where payload_type = 'customer.contact-changed'");
        report.section("%,d events of which %,d concern the view".formatted(events, concerned));
        EngineRuns runs = new EngineRuns(bench);
        runs.warmUp(events, Subject.CONTACT_CHANGES, Subject.CUSTOMER_ACCOUNT);
        List<Double> few = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int round = 0; round < bench.options().rounds(); round++) {
            few.add(runs.seconds(events, Subject.CONTACT_CHANGES));
            all.add(runs.seconds(events, Subject.CUSTOMER_ACCOUNT));
        }
        report.figure("%s, %,d events concern it".formatted(Subject.CONTACT_CHANGES.version(), concerned), "s", few);
        report.figure("%s, all concern it".formatted(Subject.CUSTOMER_ACCOUNT.version()), "s", all);
        report.line("the one takes %.3f of the time of the other", Report.median(few) / Report.median(all));
    }
}
