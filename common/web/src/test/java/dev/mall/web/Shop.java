package dev.mall.web;

import dev.mall.web.input.Cursor;
import dev.mall.web.input.IdempotencyKey;
import dev.mall.web.input.Page;
import dev.mall.web.problem.CommonProblem;
import dev.mall.web.problem.Problems;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.DeferredResult;

/** A service that does nothing but go wrong. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({Shop.Counter.class, Shop.OwnProblems.class})
class Shop {

  record Basket(@NotNull @Size(min = 1, max = 3) List<@NotNull @Valid Item> items) {}

  record Item(@NotNull String sku, @NotNull @Min(1) @Max(999) Integer quantity) {}

  static class SoldOut extends RuntimeException {}

  @RestControllerAdvice
  static class OwnProblems {
    @ExceptionHandler
    ProblemDetail on(SoldOut refused) {
      return Problems.problem(CommonProblem.BAD_REQUEST, "sold out");
    }
  }

  @RestController
  static class Counter {

    @PostMapping("/baskets")
    Basket basket(@RequestBody @Valid Basket basket) {
      return basket;
    }

    @GetMapping("/baskets/{id}")
    long byId(@PathVariable long id, @RequestParam(defaultValue = "1") @Min(1) int size) {
      return id + size;
    }

    @PostMapping("/forms/name")
    String name(@RequestParam String name, @RequestParam(defaultValue = "") String suffix) {
      return name + suffix;
    }

    @GetMapping("/needs")
    String needs(@RequestHeader("X-Shop") String shop, @RequestParam String colour) {
      return shop + colour;
    }

    @GetMapping("/sold-out")
    void soldOut() {
      throw new SoldOut();
    }

    @GetMapping("/bug")
    void bug() {
      throw new IllegalStateException("secret");
    }

    @GetMapping("/stack-overflow")
    int overflow() {
      return 1 + overflow();
    }

    @GetMapping("/busy")
    void busy() {
      System.out.println("busy");
      while (true) {
        Thread.onSpinWait();
      }
    }

    @GetMapping("/slow-query")
    void slowQuery() {
      throw new QueryTimeoutException("secret");
    }

    @GetMapping("/lost-connection")
    void lostConnection() {
      throw new IllegalStateException("secret", new SQLException("Connection is closed"));
    }

    @GetMapping("/no-database")
    void noDatabase() {
      throw new CannotCreateTransactionException("secret");
    }

    @GetMapping("/never")
    DeferredResult<String> never() {
      return new DeferredResult<>();
    }

    @GetMapping("/desk/secret")
    String desk() {
      return "for the operator";
    }

    @GetMapping("/keys")
    String key(@RequestHeader(IdempotencyKey.HEADER) String key) {
      return IdempotencyKey.parse(key).orElseThrow().value();
    }

    @GetMapping("/pages")
    Page<Integer> page(@RequestParam(required = false) String cursor) {
      long from = Cursor.parse(cursor, 1).map(c -> c.key(0)).orElse(0L) + 1;
      var found = IntStream.range((int) from, 6).boxed().limit(3).toList();
      return Page.of(found, 2, Cursor::after);
    }
  }
}
