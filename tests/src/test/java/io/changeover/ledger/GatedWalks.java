package io.changeover.ledger;

import io.changeover.comparison.Walks;
import io.changeover.parity.DifferingRow;
import io.changeover.parity.ParityCheck;
import io.changeover.parity.ParityProgress;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityWalk;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Holds comparisons of one node in the middle of a range, with some of its differences found. */
@Configuration(proxyBeanMethods = false)
class GatedWalks {

    /**
     * Where to hold.
     *
     * @param node name of the node
     * @param range ranges that are compared before
     * @param row rows of the range that are found before
     * @param reached opens when a comparison is held
     * @param go lets it go on
     */
    record Gate(String node, int range, int row, CountDownLatch reached, CountDownLatch go) {

        static Gate close(String node, int range, int row) {
            Gate gate = new Gate(node, range, row, new CountDownLatch(1), new CountDownLatch(1));
            closed = gate;
            return gate;
        }

        void hold() {
            reached.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    static volatile Gate closed = Gate.close("nobody", 0, 0);

    @Bean
    Walks walksThatAreHeld(ParityCheck parity, @Value("${changeover.node-id}") String node) {
        return (left, right, from) -> new GatedWalk(parity.walk(left, right, from), node);
    }

    private record GatedWalk(ParityWalk walk, String node) implements ParityWalk {

        @Override
        public boolean advance(Consumer<DifferingRow> found) {
            int[] rows = {0};
            int range = walk.progress().ranges();
            return walk.advance(row -> {
                Gate gate = closed;
                if (rows[0]++ == gate.row() && range == gate.range() && node.equals(gate.node())) {
                    gate.hold();
                }
                found.accept(row);
            });
        }

        @Override
        public ParityProgress progress() {
            return walk.progress();
        }

        @Override
        public ParityReport report() {
            return walk.report();
        }
    }
}
