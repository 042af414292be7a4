package io.changeover.examples.orders.dispatch;

/**
 * A command that its aggregate refused.
 *
 * @param index place of the command in its batch, from 0
 * @param command the command
 * @param reason message of the refusal, with value, rule and remedy
 */
public record Refusal(int index, HistoricCommand command, String reason) {}
