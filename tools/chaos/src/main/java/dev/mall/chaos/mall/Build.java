package dev.mall.chaos.mall;

import java.nio.file.Path;
import java.util.List;

/** The code of one release of one service. */
public interface Build {

  /**
   * The command that starts a process of it.
   *
   * @param control the directory through which the suite speaks to it, if it listens
   */
  List<String> start(Path control);
}
