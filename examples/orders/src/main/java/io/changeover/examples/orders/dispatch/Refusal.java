package io.changeover.examples.orders.dispatch;

/**
 * A command that its aggregate refused.
 *
 * @param command the command
 * @param reason message of the refusal, with value, rule and remedy
 */
public record Refusal(HistoricCommand command, String reason) {}
