package io.changeover.effects;

import io.changeover.testkit.TestNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** A node of the example in a process of its own, to be killed. */
final class NodeProcess {

    private NodeProcess() {}

    /** Takes the address of the database, its user and password, and settings as {@code name=value}. */
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> settings = new TreeMap<>();
        for (int i = 3; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        TestNode.start(arguments[0], arguments[1], arguments[2], settings);
        new CountDownLatch(1).await(); // until it is killed
    }
}
