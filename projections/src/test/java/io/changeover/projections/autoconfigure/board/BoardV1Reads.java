package io.changeover.projections.autoconfigure.board;

import io.changeover.view.Serves;

@Serves(view = "board", version = 1)
class BoardV1Reads implements Board {

    @Override
    public String title() {
        return "version 1";
    }
}
