package dev.mall.gateway.identity.web;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages of login and logout, and the link of {@code ./mall demo}. */
@Controller
@Conditional(OwnIssuer.class)
class LoginController {

  static final String WELCOME = "/welcome";

  private final SecurityContextRepository sessions = new HttpSessionSecurityContextRepository();
  private final WelcomeLink link;
  private final UserDetailsService accounts;

  LoginController(WelcomeLink link, UserDetailsService accounts) {
    this.link = link;
    this.accounts = accounts;
  }

  /** Spring Security says by the mere presence of a parameter what has happened. */
  @GetMapping("/login")
  String login(
      @RequestParam(required = false) @Nullable String error,
      @RequestParam(required = false) @Nullable String logout,
      Model model) {
    model.addAttribute("failed", error != null);
    model.addAttribute("loggedOut", logout != null);
    return "login";
  }

  @GetMapping("/logout")
  String logout() {
    return "logout";
  }

  /** Logs in by the one-time link, in a new session. */
  @GetMapping(WELCOME)
  String welcome(
      @RequestParam String token, HttpServletRequest request, HttpServletResponse response) {
    if (!link.admits(token, request.getRemoteAddr(), request.getServerName(), Instant.now())) {
      response.setStatus(HttpStatus.GONE.value());
      return "welcome";
    }
    var account = accounts.loadUserByUsername(link.login());
    new AccountStatusUserDetailsChecker().check(account);
    var session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            account.getUsername(), null, account.getAuthorities()));
    sessions.saveContext(context, request, response);
    request
        .getSession()
        .setMaxInactiveInterval(Math.toIntExact(SecurityChains.LOGGED_IN_FOR.toSeconds()));
    return "redirect:/";
  }
}
