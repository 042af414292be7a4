package io.changeover.architecture.wrong.kit;

/** A test kit that knows a view. */
public class KnowsViews {

    public Object known = io.changeover.architecture.wrong.view.KnowsMuch.class;
}
