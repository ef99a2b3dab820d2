package dev.mall.web.input;

import java.beans.PropertyEditorSupport;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Reads numbers in paths and queries as decimal digits only. Spring would also read 0x1F, #1F, 017,
 * signs and surrounding spaces, and falls back to that where a converter refuses a text.
 */
@ControllerAdvice
final class DecimalNumbers {

  @InitBinder
  void bind(WebDataBinder binder) {
    binder.registerCustomEditor(long.class, new Whole());
    binder.registerCustomEditor(Long.class, new Whole());
    binder.registerCustomEditor(int.class, new Small());
    binder.registerCustomEditor(Integer.class, new Small());
  }

  private static long number(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || (text.length() > 1 && text.startsWith("0"))) {
      throw new IllegalArgumentException("not a decimal number");
    }
    return Long.parseLong(text);
  }

  private static final class Whole extends PropertyEditorSupport {
    @Override
    public void setAsText(String text) {
      setValue(number(text));
    }
  }

  private static final class Small extends PropertyEditorSupport {
    @Override
    public void setAsText(String text) {
      long number = number(text);
      if (number > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("too large");
      }
      setValue((int) number);
    }
  }
}
