package dev.mall.lab.transactions;

import dev.mall.lab.transactions.DatabaseSession.IsolationLevel;
import org.springframework.dao.DataAccessException;

/** Ways to take one unit from a wallet. All but the first keep the updates of other clients. */
enum Withdrawals {
  READ_THEN_WRITE("read, compute, write", IsolationLevel.READ_COMMITTED) {
    @Override
    boolean takes(DatabaseSession session, int wallet) {
      return stores(session, wallet, read(session, wallet, "") - 1, "");
    }
  },
  CONDITIONAL_UPDATE("one UPDATE with its condition", IsolationLevel.READ_COMMITTED) {
    @Override
    boolean takes(DatabaseSession session, int wallet) {
      session
          .sql("update wallet set balance = balance - 1 where id = :wallet and balance >= 1")
          .param("wallet", wallet)
          .update();
      return true;
    }
  },
  ROW_LOCK("SELECT … FOR UPDATE, then UPDATE", IsolationLevel.READ_COMMITTED) {
    @Override
    boolean takes(DatabaseSession session, int wallet) {
      return stores(session, wallet, read(session, wallet, " for update") - 1, "");
    }
  },
  EXPECTED_VALUE("UPDATE where the value is as read", IsolationLevel.READ_COMMITTED) {
    @Override
    boolean takes(DatabaseSession session, int wallet) {
      int read = read(session, wallet, "");
      return stores(session, wallet, read - 1, " and balance = " + read);
    }
  },
  SNAPSHOT("REPEATABLE READ, repeated after 40001", IsolationLevel.REPEATABLE_READ) {
    @Override
    boolean takes(DatabaseSession session, int wallet) {
      return READ_THEN_WRITE.takes(session, wallet);
    }
  },
  SERIALIZED("SERIALIZABLE, repeated after 40001", IsolationLevel.SERIALIZABLE) {
    @Override
    boolean takes(DatabaseSession session, int wallet) {
      return READ_THEN_WRITE.takes(session, wallet);
    }
  };

  private static final int MOST_ATTEMPTS = 10_000;

  private final String title;
  private final IsolationLevel level;

  Withdrawals(String title, IsolationLevel level) {
    this.title = title;
    this.level = level;
  }

  String title() {
    return title;
  }

  /** Takes one unit and returns the number of attempts. */
  int take(DatabaseSession session, int wallet) {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      session.begin(level);
      try {
        boolean taken = takes(session, wallet);
        session.commit();
        if (taken) {
          return attempt;
        }
      } catch (DataAccessException failure) {
        session.rollBack();
        if (!DatabaseSession.isSerializationFailure(failure)) {
          throw failure;
        }
      }
    }
    throw new IllegalStateException("no success in %d attempts: %s".formatted(MOST_ATTEMPTS, this));
  }

  /** Returns false if it has to be repeated. */
  abstract boolean takes(DatabaseSession session, int wallet);

  private static int read(DatabaseSession session, int wallet, String lock) {
    return session
        .sql("select balance from wallet where id = :wallet" + lock)
        .param("wallet", wallet)
        .query(Integer.class)
        .single();
  }

  private static boolean stores(
      DatabaseSession session, int wallet, int balance, String condition) {
    return session
            .sql("update wallet set balance = :balance where id = :wallet" + condition)
            .param("balance", balance)
            .param("wallet", wallet)
            .update()
        == 1;
  }
}
