package dev.mall.gateway.shop.services;

import dev.mall.gateway.routing.Upstream;
import dev.mall.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A customer's wallet and inbox. */
public final class CustomerAccount {

  private final ServiceCalls calls;

  public CustomerAccount(ServiceCalls calls) {
    this.calls = calls;
  }

  public record CustomerWallet(long balanceMinor, String currency) {

    public Money balance() {
      return Money.of(balanceMinor, currency);
    }
  }

  public record WalletEntry(
      String kind, long amountMinor, String currency, Instant postedAt, String reference) {

    public Money amount() {
      return Money.of(amountMinor, currency);
    }
  }

  public record WalletEntries(List<WalletEntry> items, @Nullable String next) {}

  public record Message(
      String orderId, String outcome, String title, String text, Instant notifiedAt) {}

  public record Messages(List<Message> items, @Nullable String next) {}

  /** Empty before the first deposit. */
  public Optional<CustomerWallet> wallet(String token, String customer) {
    try {
      return Optional.of(
          calls.get(
              Upstream.PAYMENT, token, CustomerWallet.class, "/wallets/{customer}", customer));
    } catch (ServiceRefusal refusal) {
      if (refusal.isUnknown()) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** The newest entries, or those after {@code cursor}. */
  public WalletEntries entries(String token, String customer, @Nullable String cursor) {
    return cursor == null
        ? calls.get(
            Upstream.PAYMENT, token, WalletEntries.class, "/wallets/{customer}/entries", customer)
        : calls.get(
            Upstream.PAYMENT,
            token,
            WalletEntries.class,
            "/wallets/{customer}/entries?cursor={cursor}",
            customer,
            cursor);
  }

  /** The newest messages, or those after {@code cursor}. */
  public Messages messages(String token, @Nullable String cursor) {
    return cursor == null
        ? calls.get(Upstream.NOTIFICATION, token, Messages.class, "/notifications")
        : calls.get(
            Upstream.NOTIFICATION, token, Messages.class, "/notifications?cursor={cursor}", cursor);
  }

  /** Whether one of the newest messages is about this outcome of an order. */
  public boolean isNotified(String token, String orderId, String outcome) {
    return messages(token, null).items().stream()
        .anyMatch(it -> it.orderId().equals(orderId) && it.outcome().equals(outcome));
  }
}
