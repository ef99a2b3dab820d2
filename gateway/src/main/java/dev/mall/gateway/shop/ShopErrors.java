package dev.mall.gateway.shop;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.gateway.shop.services.ServiceRefusal;
import dev.mall.gateway.shop.services.ServiceSilence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;

/** Adds the login to every page, and answers failures with a page that says how to go on. */
@ControllerAdvice(basePackageClasses = ShopErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
@Conditional(OwnIssuer.class)
class ShopErrors {

  private static final String FOREIGN =
      "The address or the form of this page is not one that the shop made.";
  private static final Logger log = LoggerFactory.getLogger(ShopErrors.class);

  @ModelAttribute("customer")
  @Nullable String customer(@Nullable Authentication login) {
    return login == null ? null : login.getName();
  }

  @ExceptionHandler
  ModelAndView on(Exception failure, @Nullable Authentication login) {
    var page = page(failure);
    page.addObject("customer", customer(login));
    return page;
  }

  private static ModelAndView page(Exception failure) {
    return switch (failure) {
      case ServiceRefusal refusal -> page(refusal.status(), sentence(refusal));
      case ServiceSilence silence ->
          page(
              HttpStatus.SERVICE_UNAVAILABLE,
              sentence(silence) + " Nothing is lost: reload this page in a moment.");
      case AccessDeniedException _ ->
          page(HttpStatus.FORBIDDEN, "This login is not one of a customer any more.");
      case ErrorResponse response -> page(response.getStatusCode(), FOREIGN);
      case TypeMismatchException _ -> page(HttpStatus.BAD_REQUEST, FOREIGN);
      case DataAccessException unavailable -> unavailable(unavailable);
      case TransactionException unavailable -> unavailable(unavailable);
      default -> {
        log.error("answered 500", failure);
        yield page(
            HttpStatus.INTERNAL_SERVER_ERROR, "This is the shop's fault; it has been logged.");
      }
    };
  }

  private static ModelAndView unavailable(Exception failure) {
    log.warn("answered 503: {}", failure.toString());
    return page(HttpStatus.SERVICE_UNAVAILABLE, "Logins cannot be checked right now; try again.");
  }

  /** A message of an exception as a sentence. */
  static String sentence(Exception failure) {
    var message = String.valueOf(failure.getMessage());
    return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
  }

  static ModelAndView page(HttpStatusCode status, String text) {
    var page = new ModelAndView("problem");
    page.setStatus(status);
    page.addObject("status", status.value());
    page.addObject("text", text);
    return page;
  }
}
