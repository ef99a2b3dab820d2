package dev.mall.web.limits;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Lets Tomcat complete an answer that was sent before the rest of its request's body turned out
 * malformed. Tomcat marks such a response as failed when the body is read, and would cut the
 * connection off without the answer's last chunk.
 */
final class BrokenBodyValve extends ValveBase {

  /** Request attribute that says so. */
  static final String ANSWERED = BrokenBodyValve.class.getName() + ".answered";

  BrokenBodyValve() {
    super(true); // async requests pass, too
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (request.getAttribute(ANSWERED) != null) {
      response.setErrorReported();
    }
  }
}
