package dev.mall.launcher.suite;

import dev.mall.embedded.Place;
import java.nio.file.Path;
import java.util.Map;

/**
 * The settings of a start.
 *
 * @param directory of the servers' data
 * @param passing whether the data go when the suite is closed
 * @param portBase services listen on the five ports above it, the gateway on the port itself; 0 for
 *     free ports
 * @param operatorToken what the operator's endpoints ask for
 * @param gateway settings of the gateway: its secrets, users and clients
 */
public record SuiteSettings(
    Path directory,
    boolean passing,
    int portBase,
    String operatorToken,
    Map<String, String> gateway) {

  Place placeOf(String server) {
    return new Place(directory.resolve(server), 0, passing);
  }
}
