package dev.mall.payment.wallet.web;

import dev.mall.payment.wallet.DepositMoney;
import dev.mall.payment.wallet.FindWallets;
import dev.mall.payment.wallet.MakeDeposit;
import dev.mall.payment.wallet.StatementLine;
import dev.mall.payment.wallet.WalletRefused;
import dev.mall.web.input.Cursor;
import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.input.Page;
import dev.mall.web.input.Replayed;
import dev.mall.web.openapi.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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

  private final FindWallets wallets;
  private final DepositMoney deposits;

  WalletController(FindWallets wallets, DepositMoney deposits) {
    this.wallets = wallets;
    this.deposits = deposits;
  }

  @GetMapping
  @Operation(summary = "A customer's wallet", description = "Its balance now.")
  @Refuses(WalletRefused.UnknownWallet.class)
  WalletView wallet(
      @Parameter(description = "Whose wallet.", example = "ada")
          @PathVariable
          @Pattern(regexp = CUSTOMER_ID)
          String customerId) {
    return wallets
        .wallet(customerId)
        .map(WalletView::of)
        .orElseThrow(() -> new WalletRefused.UnknownWallet(customerId));
  }

  @GetMapping("/entries")
  @Operation(
      summary = "A wallet's statement",
      description = "Deposits, charges and refunds, the newest first, up to `limit` a page.")
  @Refuses(WalletRefused.UnknownWallet.class)
  Page<EntryView> entries(
      @Parameter(description = "Whose wallet.", example = "ada")
          @PathVariable
          @Pattern(regexp = CUSTOMER_ID)
          String customerId,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
    wallet(customerId);
    long before = Cursor.parse(cursor, 1).map(c -> c.key(0)).orElse(Long.MAX_VALUE);
    var found = wallets.statement(customerId, before, limit + 1);
    return Page.of(found, limit, WalletController::after).map(EntryView::of);
  }

  @PostMapping("/deposits")
  @Operation(
      summary = "Deposit money",
      description =
          "The first deposit opens the wallet, in its currency. Once per `Idempotency-Key`; without a key, each time.")
  @ApiResponse(
      responseCode = "201",
      description = "Booked, now or by the same request before.",
      useReturnTypeSchema = true,
      headers =
          @Header(
              name = "Location",
              description = "The deposit's path.",
              schema = @Schema(type = "string")))
  @Refuses({
    WalletRefused.OtherCurrency.class,
    WalletRefused.WalletFull.class,
    WalletRefused.KeyReused.class
  })
  ResponseEntity<DepositView> deposit(
      @Parameter(description = "Whose wallet.", example = "ada")
          @PathVariable
          @Pattern(regexp = CUSTOMER_ID)
          String customerId,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody @Valid DepositRequest request) {
    var named = IdempotencyKey.parse(key).map(IdempotencyKey::value).orElse(null);
    var made = deposits.handle(new MakeDeposit(customerId, request.amount(), named));
    var receipt = made.receipt();
    var location = URI.create("/wallets/%s/deposits/%s".formatted(customerId, receipt.id()));
    var answer = ResponseEntity.created(location);
    if (made.replayed()) {
      answer.header(Replayed.HEADER, "true");
    }
    return answer.body(DepositView.of(receipt));
  }

  @GetMapping("/deposits/{depositId}")
  @Operation(
      summary = "One deposit",
      description = "As it was answered when it was made.",
      operationId = "findDeposit")
  @Refuses(WalletRefused.UnknownDeposit.class)
  DepositView deposit(
      @Parameter(description = "Whose wallet.", example = "ada")
          @PathVariable
          @Pattern(regexp = CUSTOMER_ID)
          String customerId,
      @Parameter(description = "The deposit's id.") @PathVariable UUID depositId) {
    return wallets
        .deposit(customerId, depositId)
        .map(DepositView::of)
        .orElseThrow(() -> new WalletRefused.UnknownDeposit(customerId));
  }

  private static Cursor after(StatementLine line) {
    return Cursor.after(line.number());
  }
}
