package dev.mall.gateway.shop;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.gateway.shop.services.CustomerAccount;
import dev.mall.gateway.shop.services.CustomerAccount.WalletEntries;
import dev.mall.gateway.shop.services.CustomerAccount.WalletEntry;
import dev.mall.gateway.shop.services.Customers;
import dev.mall.money.Money;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** A customer's wallet and inbox. */
@Controller
@Conditional(OwnIssuer.class)
class MyAccountController {

  private final CustomerAccount account;
  private final Customers customers;

  MyAccountController(CustomerAccount account, Customers customers) {
    this.account = account;
    this.customers = customers;
  }

  /** A movement in the list. */
  record Row(String kind, Money amount, Instant at, String reference) {

    static Row of(WalletEntry entry) {
      return new Row(
          Wording.entry(entry.kind()), entry.amount(), entry.postedAt(), entry.reference());
    }
  }

  @GetMapping("/my/wallet")
  String wallet(
      @Valid @ModelAttribute("cart") Cart cart,
      @RequestParam(required = false) @Nullable String cursor,
      Authentication login,
      Model model) {
    var customer = customers.of(login);
    var wallet = account.wallet(customer.token(), customer.id());
    var entries =
        wallet
            .map(_ -> account.entries(customer.token(), customer.id(), cursor))
            .orElse(new WalletEntries(List.of(), null));
    model.addAttribute("wallet", wallet.orElse(null));
    model.addAttribute("rows", entries.items().stream().map(Row::of).toList());
    model.addAttribute("cursor", cursor);
    model.addAttribute("next", entries.next());
    return "wallet";
  }

  @GetMapping("/my/inbox")
  String inbox(
      @Valid @ModelAttribute("cart") Cart cart,
      @RequestParam(required = false) @Nullable String cursor,
      Authentication login,
      Model model) {
    var messages = account.messages(customers.of(login).token(), cursor);
    model.addAttribute("messages", messages.items());
    model.addAttribute("cursor", cursor);
    model.addAttribute("next", messages.next());
    return "inbox";
  }
}
