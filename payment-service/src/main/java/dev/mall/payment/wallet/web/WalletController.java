package dev.mall.payment.wallet.web;

import dev.mall.payment.wallet.DepositMoney;
import dev.mall.payment.wallet.FindWallets;
import dev.mall.payment.wallet.MakeDeposit;
import dev.mall.payment.wallet.StatementLine;
import dev.mall.web.Cursor;
import dev.mall.web.IdempotencyKey;
import dev.mall.web.Page;
import dev.mall.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/wallets/{customerId}")
@Tag(name = "Wallets")
class WalletController {

  private static final String CUSTOMER_ID = "[A-Za-z0-9_-]{1,64}";
  private static final int PAGE_SIZE = 50;

  private final FindWallets wallets;
  private final DepositMoney deposits;

  WalletController(FindWallets wallets, DepositMoney deposits) {
    this.wallets = wallets;
    this.deposits = deposits;
  }

  @GetMapping
  @Operation(summary = "What a customer holds")
  WalletView wallet(@PathVariable @Pattern(regexp = CUSTOMER_ID) String customerId) {
    return wallets
        .wallet(customerId)
        .map(WalletView::of)
        .orElseThrow(
            () -> Problems.refusal(WalletProblem.WALLET_UNKNOWN, customerId + " has no wallet"));
  }

  @GetMapping("/entries")
  @Operation(summary = "The statement of account, newest first")
  Page<EntryView> entries(
      @PathVariable @Pattern(regexp = CUSTOMER_ID) String customerId,
      @RequestParam(required = false) @Nullable String cursor) {
    wallet(customerId);
    long before = Cursor.parse(cursor, 1).map(c -> c.key(0)).orElse(Long.MAX_VALUE);
    var found = wallets.statement(customerId, before, PAGE_SIZE + 1);
    return Page.of(found, PAGE_SIZE, WalletController::after).map(EntryView::of);
  }

  @PostMapping("/deposits")
  @Operation(summary = "Bring money; the first deposit opens the wallet in its currency")
  ResponseEntity<DepositView> deposit(
      @PathVariable @Pattern(regexp = CUSTOMER_ID) String customerId,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody @Valid DepositRequest request) {
    var named = IdempotencyKey.parse(key).map(IdempotencyKey::value).orElse(null);
    var receipt = deposits.handle(new MakeDeposit(customerId, request.amount(), named));
    var location = URI.create("/wallets/%s/deposits/%s".formatted(customerId, receipt.id()));
    return ResponseEntity.created(location).body(DepositView.of(receipt));
  }

  @GetMapping("/deposits/{depositId}")
  @Operation(summary = "A deposit, as it was answered when it was made")
  DepositView deposit(
      @PathVariable @Pattern(regexp = CUSTOMER_ID) String customerId,
      @PathVariable UUID depositId) {
    return wallets
        .deposit(customerId, depositId)
        .map(DepositView::of)
        .orElseThrow(() ->
            Problems.refusal(
                WalletProblem.DEPOSIT_UNKNOWN, "%s made no such deposit".formatted(customerId)));
  }

  private static Cursor after(StatementLine line) {
    return Cursor.after(line.number());
  }
}
