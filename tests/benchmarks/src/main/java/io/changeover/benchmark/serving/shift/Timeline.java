package io.changeover.benchmark.serving.shift;

import io.changeover.serving.Cohort;
import java.util.List;

/**
 * What one node may answer at which time. A read that began after the node has acknowledged a decision, and ended before
 * the next one was commanded, must be answered by what that decision says; one that lies across a decision may be
 * answered by what was said before it or after it.
 */
final class Timeline {

    /** What is to be thought of an answer. */
    enum Judgement {
        /** By the one version that could answer. */
        RIGHT,
        /** By one of two that could, because the reader was being moved meanwhile. */
        MOVING,
        /** By a version that could not. */
        WRONG
    }

    private final int from;
    private final int to;
    private final long[] sent;
    private final long[] acknowledged;
    private final int[] percents;

    /**
     * @param node name of the node
     * @param from version that answers everybody at first
     * @param to version that takes over
     * @param decisions in the order in which they were commanded
     */
    Timeline(String node, int from, int to, List<Decided> decisions) {
        this.from = from;
        this.to = to;
        this.sent = new long[decisions.size() + 1];
        this.acknowledged = new long[decisions.size() + 1];
        this.percents = new int[decisions.size() + 1];
        sent[0] = Long.MIN_VALUE;
        acknowledged[0] = Long.MIN_VALUE;
        for (int i = 0; i < decisions.size(); i++) {
            sent[i + 1] = decisions.get(i).sent();
            acknowledged[i + 1] = decisions.get(i).acknowledged().get(node);
            percents[i + 1] = decisions.get(i).percent();
        }
    }

    /** Judges an answer that a reader of the cohort got between two times. */
    Judgement judge(long begin, long end, int cohort, int version) {
        int last = sent.length - 1;
        while (sent[last] > end) {
            last--;
        }
        int first = last;
        while (acknowledged[first] > begin) {
            first--;
        }
        boolean could = false;
        boolean otherCould = false;
        for (int i = first; i <= last; i++) {
            if (version(cohort, percents[i]) == version) {
                could = true;
            } else {
                otherCould = true;
            }
        }
        return !could ? Judgement.WRONG : otherCould ? Judgement.MOVING : Judgement.RIGHT;
    }

    private int version(int cohort, int percent) {
        return Cohort.served(cohort, percent) ? to : from;
    }
}
