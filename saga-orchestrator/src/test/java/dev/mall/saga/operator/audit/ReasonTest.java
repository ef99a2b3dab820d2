package dev.mall.saga.operator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {

  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();

  @ParameterizedTest
  @ValueSource(
      strings = {"ada", "Ada Lovelace", "名前", "stuck since 10:00; see #12", "\uD83D\uDE00"})
  void printableTextIsAccepted(String text) {
    assertThat(VALIDATOR.validate(new Reason(text, text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada\n2026-01-01 ERROR forged",
        "ada\rforged",
        "ada\u0000",
        "\u001B[31mada",
        "ada\u202E",
        "ada\u2066",
        "ada\u200B",
        "ada\u2028forged",
        "ada\uD800",
        "ada\uFFFF",
      })
  void whatCouldForgeALineIsRefused(String text) {
    assertThat(VALIDATOR.validate(new Reason(text, text)))
        .extracting(violation -> violation.getPropertyPath().toString())
        .containsExactlyInAnyOrder("who", "why");
  }
}
