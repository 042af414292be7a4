package io.changeover.app.console;

import java.util.List;
import org.springframework.ui.Model;

/**
 * What is the same on every page.
 *
 * @param title what the page shows, in a few words
 * @param place entry of the navigation that leads here, such as {@code overview}
 * @param verb how the command line shows the same, such as {@code bin/changeover views}
 */
record Page(String title, String place, String verb) {

    /** An entry of the navigation. */
    record Place(String name, String address, String text) {}

    private static final List<Place> PLACES = List.of(
            new Place("overview", "/console", "Overview"),
            new Place("comparisons", "/console/comparisons", "Comparisons"),
            new Place("effects", "/console/effects", "Effects"),
            new Place("events", "/console/events", "Events"),
            new Place("consumers", "/console/consumers", "Consumers"),
            new Place("topics", "/console/topics", "Topics"),
            new Place("nodes", "/console/nodes", "Nodes"),
            new Place("doctor", "/console/doctor", "Doctor"),
            new Place("reports", "/console/reports", "Reports"),
            new Place("audit", "/console/audit", "Audit trail"));

    /** All entries of the navigation, in their order. */
    public List<Place> places() {
        return PLACES;
    }

    /** Lets the model show this page; answers the name of its template. */
    String show(Model model, String template) {
        model.addAttribute("page", this);
        return "console/" + template;
    }
}
