package io.changeover.examples.orders.steelwheels;

/**
 * The keys of one copy of the data. The first copy, number 0, has the keys of the source; others carry the number of the
 * copy in front, which no key of the source does.
 */
record CopyKeys(int copy) {

    String of(int number) {
        return of(Integer.toString(number));
    }

    String of(String key) {
        return copy == 0 ? key : "c" + copy + "-" + key;
    }
}
