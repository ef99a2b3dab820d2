package dev.mall.web.input;

import jakarta.validation.Validator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads bodies strictly, naming every wrong value, and answers with the media types of the OpenAPI
 * documents, not with any that ends in +json.
 */
final class StrictJson extends JacksonJsonHttpMessageConverter {

  private final BodyErrors errors;

  StrictJson(JsonMapper json, Validator validator) {
    super(json);
    this.errors = new BodyErrors(json, validator);
  }

  @Override
  public List<MediaType> getSupportedMediaTypes(Class<?> type) {
    return ProblemDetail.class.isAssignableFrom(type)
        ? List.of(MediaType.APPLICATION_PROBLEM_JSON)
        : List.of(MediaType.APPLICATION_JSON);
  }

  @Override
  public Object read(
      ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
      throws IOException {
    var body = message.getBody().readAllBytes(); // within mall.web.max-body
    try {
      return super.read(
          type, new Buffered(message.getHeaders(), new ByteArrayInputStream(body)), hints);
    } catch (HttpMessageNotReadableException unreadable) {
      if (unreadable.getCause() instanceof JacksonException first) {
        throw errors.refusal(body, getMapper().constructType(type.getType()), first);
      }
      throw unreadable;
    }
  }

  private record Buffered(HttpHeaders headers, InputStream body) implements HttpInputMessage {

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public InputStream getBody() {
      return body;
    }
  }
}
