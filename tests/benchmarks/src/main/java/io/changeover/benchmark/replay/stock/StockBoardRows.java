package io.changeover.benchmark.replay.stock;

import org.springframework.data.jpa.repository.JpaRepository;

interface StockBoardRows extends JpaRepository<StockBoardRow, String> {}
