package dev.mall.notification.choreography;

import dev.mall.contracts.Event;
import dev.mall.contracts.NotificationCommand;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.OrderEvent.CheckoutEnded;
import dev.mall.contracts.values.StepKey;
import java.util.Optional;
import java.util.Set;

/** Translates order-service's events into commands of this service. Pure. */
public final class NotificationChoreography {

  /** The events that concern notification-service. */
  public static final Set<Class<? extends Event>> EVENTS = Set.of(CheckoutEnded.class);

  private NotificationChoreography() {}

  /** The command to follow. */
  public static Optional<NotificationCommand> command(Event event) {
    return switch (event) {
      case CheckoutEnded(var order, var customer, var totalMinor, var currency, var reason) ->
          Optional.of(
              new NotifyCustomer(
                  new StepKey(order, "notify", 1), customer, totalMinor, currency, reason));
      default -> throw new IllegalArgumentException("no customer is notified of " + event);
    };
  }
}
