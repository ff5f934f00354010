package io.geartrain.console.felix.internal;

import io.geartrain.client.ClusterClient;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The tab "Geartrain" of the Felix Web Console. Called by many threads. */
@Component(
    name = "io.geartrain.console.felix.tab",
    service = Servlet.class,
    property = {
      "felix.webconsole.label=geartrain",
      "felix.webconsole.title=Geartrain",
      "felix.webconsole.category=Geartrain"
    })
public final class ClusterTab extends AbstractServlet {
  private static final long serialVersionUID = 1;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private transient volatile ClusterClient cluster;

  @Override
  public void renderContent(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().append(ClusterPage.render(cluster));
  }
}
