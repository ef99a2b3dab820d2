package dev.mall.web.limits;

import dev.mall.web.problem.CommonProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Answers requests that Tomcat refuses before any servlet sees them. Public, because Tomcat makes
 * it by name.
 */
public final class ProblemReportValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    var type = CommonProblem.of(status);
    var problem =
        """
        {"type":"%s","title":"%s","status":%d,"detail":"%s"}\
        """
            .formatted(type.uri(), type.title(), status, type.title());
    try {
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.getOutputStream().write(problem.getBytes(StandardCharsets.UTF_8));
      response.finishResponse();
    } catch (IOException | IllegalStateException _) {
      // the client has closed the connection
    }
  }
}
