package dev.mall.web.input;

import jakarta.validation.Validator;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads and writes JSON and nothing else, and reads it strictly: no unknown fields, no numbers or
 * booleans where a string is meant. Unknown query parameters are refused. Only at the HTTP edge;
 * stored documents and messages between services are read leniently.
 */
final class StrictInput implements WebMvcConfigurer {

  private static final List<MediaType> ALLOWED =
      List.of(
          MediaType.APPLICATION_JSON,
          MediaType.TEXT_PLAIN,
          MediaType.APPLICATION_OCTET_STREAM,
          MediaType.ALL);

  private final JsonMapper json;
  private final Validator validator;

  StrictInput(JsonMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
    builder
        .withJsonConverter(new StrictJson(strict(json), validator))
        .configureMessageConvertersList(
            converters -> converters.removeIf(converter -> !isAllowed(converter)));
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new UnknownParameters());
  }

  private static boolean isAllowed(HttpMessageConverter<?> converter) {
    return converter.getSupportedMediaTypes().stream().anyMatch(ALLOWED::contains);
  }

  private static JsonMapper strict(JsonMapper json) {
    return json.rebuild()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                config
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .build();
  }
}
