package io.changeover.architecture.wrong.upcast;

/** Steps that know a view. */
public class KnowsViews {

    public Object known = io.changeover.architecture.wrong.view.KnowsMuch.class;
}
