package io.geartrain.console.rest.internal.http;

import io.geartrain.console.rest.internal.Json;
import io.geartrain.console.rest.internal.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/**
 * Checks host and origin of each request to any servlet of the process, before it is dispatched.
 * Called by many threads.
 */
public class GuardFilter implements Preprocessor {
  private final Gate gate;
  private final Responses responses = new Responses(new Json());

  /** A filter before that gate. */
  public GuardFilter(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void init(FilterConfig config) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest httpRequest = (HttpServletRequest) request;
    HttpServletResponse httpResponse = (HttpServletResponse) response;
    Responses.secure(httpResponse);
    try {
      gate.checkOrigin(httpRequest);
    } catch (Problem e) {
      responses.write(e, httpRequest.getMethod().equals("HEAD"), httpResponse);
      return;
    }
    chain.doFilter(request, response);
  }

  @Override
  public void destroy() {}
}
