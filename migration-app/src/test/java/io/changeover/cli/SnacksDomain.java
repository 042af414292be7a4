package io.changeover.cli;

import io.changeover.catalog.EventDomain;
import java.util.List;

/** A second domain, which a test puts on the class path beside the first. */
public final class SnacksDomain implements EventDomain {

    @Override
    public String name() {
        return "snacks";
    }

    @Override
    public String owner() {
        return "bar";
    }

    @Override
    public List<Class<?>> events() {
        return List.of();
    }
}
