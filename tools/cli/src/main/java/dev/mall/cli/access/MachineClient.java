package dev.mall.cli.access;

import java.util.Locale;

/** The programs that log in by client credentials, each with the one role that its work needs. */
public enum MachineClient {
  /** Places, reads and cancels orders of any customer. */
  LOAD("CHANNEL"),
  /** Fills shelves and wallets. */
  IMPORT("MERCHANT"),
  /** Looks at sagas and acts on them. */
  DESK("OPERATOR"),
  /** Reads stock, wallets and notifications. */
  AUDIT("AUDITOR");

  private final String role;

  MachineClient(String role) {
    this.role = role;
  }

  public String clientId() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The environment variable that chooses its secret. */
  public String secretVariable() {
    return "MALL_%s_SECRET".formatted(name());
  }

  public String role() {
    return role;
  }
}
