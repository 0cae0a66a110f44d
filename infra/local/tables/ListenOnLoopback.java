import java.lang.reflect.Field;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * DynamoDB Local on 127.0.0.1 and a free port, which it prints. It has no option for that: its own main class
 * listens on every interface. Ends when standard input does, which whoever started it holds.
 */
public final class ListenOnLoopback {
  public static void main(String[] arguments) throws Exception {
    DynamoDBProxyServer proxy = ServerRunner.createServerFromCommandLineArgs(arguments);
    Field field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    ServerConnector connector = null;
    for (Connector candidate : ((Server) field.get(proxy)).getConnectors()) {
      connector = (ServerConnector) candidate;
      connector.setHost("127.0.0.1");
      connector.setPort(0);
    }
    proxy.start();
    System.out.println("listening on " + connector.getLocalPort());
    System.in.transferTo(java.io.OutputStream.nullOutputStream());
    System.exit(0);
  }
}
