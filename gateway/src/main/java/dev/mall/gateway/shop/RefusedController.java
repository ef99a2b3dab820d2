package dev.mall.gateway.shop;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Where Spring Security leads a request that it does not admit, with all its parameters. */
@Controller
@Conditional(OwnIssuer.class)
class RefusedController implements ErrorController {

  static final String PATH = "/refused";

  @RequestMapping(PATH)
  ModelAndView refused(HttpServletRequest request) {
    return ShopErrors.page(
        HttpStatus.FORBIDDEN,
        request.getAttribute(WebAttributes.ACCESS_DENIED_403) instanceof CsrfException
            ? "This form is of an earlier visit, so nothing was done. Go back, reload the page and try again."
            : "This page is for customers, and this login is not one of a customer.");
  }
}
