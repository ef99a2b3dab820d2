package dev.mall.lab.locks.provider;

import dev.mall.lab.trial.Trial;
import java.util.Set;

/** A way to lock: a library and the servers that it needs. */
public interface LockProvider {

  /** As the head of a column. */
  String name();

  /** The library and the form of the lock, in one line. */
  String description();

  /** Those it claims; a check shows that these hold, and that the others fail. */
  Set<Guarantee> claims();

  /** The ways to lose exclusion, in one line. */
  String brokenBy();

  /** The use that it is good for, in one line. */
  String goodFor();

  /** Whether its servers come with the build; others run where they are installed. */
  default boolean comesWithTheBuild() {
    return true;
  }

  default boolean isInstalled() {
    return comesWithTheBuild();
  }

  /** Starts servers of its own, which end with the trial. */
  LockService start(Trial trial) throws Exception;
}
