package io.changeover.examples.orders;

import io.changeover.examples.orders.steelwheels.ImportListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs every tenth part of an import, where the application has no listener of its own. */
final class LoggingImportListener implements ImportListener {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingImportListener.class);
    private static final int PARTS = 10;

    private long partsLogged = -1;

    @Override
    public void progressed(long done, long total) {
        long parts = done * PARTS / total;
        if (parts > partsLogged) {
            partsLogged = parts;
            LOG.info("Imported {} of {} commands", done, total);
        }
    }
}
