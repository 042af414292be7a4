package io.changeover.projections.autoconfigure.board;

import io.changeover.view.Serves;

@Serves(view = "board", version = 2)
class BoardV2Reads implements Board {

    @Override
    public String title() {
        return "version 2";
    }
}
