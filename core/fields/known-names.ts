import type { LevelScale } from "../parse/level.ts";
import type { LogRecord } from "../record.ts";

/** The fields of a record that a sender's own name can fill. */
export type KnownField =
  | "time"
  | "level"
  | "message"
  | "request"
  | "query"
  | "durationMs"
  | Exclude<
      keyof LogRecord,
      | "tsMs"
      | "subNs"
      | "level"
      | "message"
      | "durationMs"
      | "pathTemplate"
      | "browser"
      | "os"
      | "device"
      | "bot"
      | "attrs"
      | "raw"
      | "parser"
      | "flags"
    >;

/**
 * Every shipper's spelling, the preferred one first, in lower case without `_`, `-`, space and `@`.
 *
 * A dot is a step into an object (`http.response.statuscode` is ECS), and the same name flat: `http.response.status_code`.
 * A name after `=` counts only when spelled exactly so: short or ambiguous in any other form.
 */
export const KNOWN_NAMES: Record<KnownField, string> = {
  time: `timestamp time ts datetime eventtime date t =@t isodate logtime starttime eventtimestamp asctime
    realtimetimestamp sourcerealtimetimestamp requesttimestamp edgestarttimestamp startutc startlocal startedat
    receivetimestamp timelocal timeiso8601 msec syslogtimestamp unixtime`,
  level: `levelname loglevel severitytext level severity lvl log.level levelno =PRIORITY =@l severitynumber
    syslog.severity.name log.syslog.severity.name syslogseverity severitycode levelvalue`,
  message: `message msg =MESSAGE =@m log shortmessage body =@mt messagetemplate renderedmessage textpayload text event.original logmessage`,
  request: `request requestline req`,
  method: `method requestmethod httpmethod http.method http.request.method request.method req.method httprequest.requestmethod
    clientrequestmethod verb csmethod httpverb`,
  path: `path uri requesturi url requestpath requesturl httppath httpurl http.target url.path url.original http.url http.path url.full
    http.request.path request.uri request.url request.path req.url req.path httprequest.requesturl clientrequesturi
    clientrequestpath urlpath endpoint originpath xenvoyoriginpath csuristem http.urldetails.path`,
  query: `url.query querystring request.query =args csuriquery http.request.query`,
  protocol: `protocol serverprotocol httpprotocol http.version httpversion proto request.proto requestprotocol http.flavor
    network.protocol.version clientrequestprotocol httprequest.protocol csversion http.request.protocol`,
  status: `status statuscode httpstatus httpstatuscode http.statuscode http.response.statuscode http.status responsestatus responsecode
    res.statuscode res.status response.status response.statuscode httprequest.status edgeresponsestatus downstreamstatus scstatus
    respstatus originresponsestatus`,
  bytes: `bytes bodybytessent bytessent responsesize size responsebytes contentlength http.response.body.bytes http.response.body.size http.response.bytes
    http.responsecontentlength http.response.size edgeresponsebytes downstreamcontentsize httprequest.responsesize
    res.contentlength response.size response.bytes scbytes network.byteswritten bodysize responselength`,
  durationMs: "",
  ip: `ip clientip remoteaddr remoteip clientaddress client.ip client.address remoteaddress sourceip source.ip source.address http.clientip
    request.clientip request.remoteip request.remoteaddr req.remoteaddress req.ip httprequest.remoteip ipaddress =c-ip clienthost clientaddr
    downstreamremoteaddress httpclientip network.client.ip realip xrealip net.peer.ip net.sock.peer.addr remotehost xforwardedfor httpxforwardedfor`,
  user: `user username remoteuser user.name clientusername authuser csusername user.email useremail`,
  referrer: `referrer referer httpreferrer httpreferer http.referer http.referrer http.request.referrer request.headers.referer req.headers.referer
    request.headers.referrer request.referer requestreferer httprequest.referer clientrequestreferer csreferer headers.referer`,
  userAgent: `useragent httpuseragent http.useragent useragent.original agent ua =cs(User-Agent) request.headers.useragent req.headers.useragent
    request.useragent requestuseragent httprequest.useragent clientrequestuseragent http.request.headers.useragent csuseragent headers.useragent`,
  country: `country countrycode countryisocode clientcountry geo.countryisocode client.geo.countryisocode source.geo.countryisocode
    geoip.countrycode2 geoip.countrycode geoip.countryisocode`,
  city: `city cityname geo.cityname client.geo.cityname source.geo.cityname geoip.cityname`,
  host: `hostname host host.name host.hostname =HOST httphost serverhost nodename request.host clientrequesthost requesthost :authority
    kubernetes.host syslogserver logsource server.address url.domain`,
  app: `app service servicename service.name program application appname applicationname syslogidentifier syslogtag ident process.name
    syslogprogram kubernetes.containername`,
  pid: `pid processid process.pid procid =_PID syslogpid syslogprocid log.syslog.procid process`,
  traceId: `traceid trace.id dd.traceid oteltraceid logging.googleapis.com/trace xb3traceid`,
  spanId: `spanid span.id dd.spanid otelspanid logging.googleapis.com/spanid xb3spanid`,
  userId: `userid user.id usr.id enduser.id`,
  sessionId: `sessionid session.id usersession usersessionid`,
  event: `event eventname event.name eventtype event.action evt.name`,
};

/** Names of a time span without a unit: milliseconds, unless the service's setting says otherwise. */
export const DURATIONS = `duration latency elapsed responsetime took durationtime elapsedtime totaltime processingtime timetaken runtime
    requestduration requestlatency http.responsetime http.duration res.responsetime http.server.duration http.latency rt exectime`;

/** Names whose unit is fixed by the program that writes them. */
export const DURATIONS_OF: Record<string, "s" | "ms" | "us" | "ns"> = {
  requesttime: "s", // nginx $request_time
  "event.duration": "ns", // Elastic Common Schema
  "httprequest.latency": "s", // Google Cloud Logging, "0.123s"
  elapsedmilliseconds: "ms",
  targetprocessingtime: "s", // AWS ALB
  originresponsedurationms: "ms",
  xenvoyupstreamservicetime: "ms",
};

/** Names whose numbers count on one scale. */
export const LEVEL_SCALES: Record<string, LevelScale> = {
  levelno: "python",
  severitynumber: "otlp",
  "=PRIORITY": "syslog",
};

/** Objects whose inside counts as if it stood at the top: envelopes that libraries and shippers put around a sender's fields. */
export const TRANSPARENT = "fields jsonpayload properties attributes meta mdc contextmap";

/** Names that mean something inside of an object only: Python's `processName` is `MainProcess`. */
export const NOT_FLAT = "processname";
