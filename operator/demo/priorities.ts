import type { DemoPriority } from './stories.ts';

/** What the local teams of the demonstration are working on, or have been. */
export const demoPriorities: readonly DemoPriority[] = [
  {
    key: 'phone-snatching',
    area: 'E05013655',
    title: 'Phone snatching around the station and the high street',
    description:
      'People have phones taken out of their hands by riders on e-bikes, mostly between 4pm and 8pm near the Underground station and at the bus stops on the high street. We want fewer thefts, and people who feel able to look at a map in the street.',
    category: 'burglary-and-theft',
    adoptedDaysAgo: 68,
    said: 'My daughter had her phone grabbed by someone on an electric bike right outside the station, and the man at the newsagent says he sees it most evenings. She is fine but will not wait there for the bus any more. Could somebody be around at the time when people come home from work?',
    channel: 'web',
    answer:
      'Thank you for telling us, and we are sorry about what happened to your daughter. You were one of several people who said the same, so we have adopted this as a priority. Officers will be at the station and the bus stops between 4pm and 8pm, and we will write on this page every few weeks about what they find.',
    supporters: 23,
    news: [
      {
        daysAgo: 61,
        status: 'in-progress',
        text: 'Patrols in plain clothes have started on weekday afternoons. We also marked the pavement at the three places where most thefts happen with a reminder to look around before you take your phone out.',
      },
      {
        daysAgo: 33,
        status: 'in-progress',
        text: 'Two riders were stopped in the first four weeks, and eleven phones went back to their owners. Thefts reported near the station went from 19 in the four weeks before to 12.',
      },
      {
        daysAgo: 6,
        status: 'in-progress',
        text: 'The council has agreed to move the bus shelter away from the kerb, which takes the easiest spot away. Work is planned for the new year. Patrols go on until then.',
      },
    ],
  },
  {
    key: 'towpath',
    area: 'E05013655',
    title: 'Drug dealing and shouting on the canal towpath after dark',
    description:
      'Residents on both sides of the canal are kept awake by groups who deal and drink under the bridges, and walkers avoid the path after dark.',
    category: 'drugs',
    adoptedDaysAgo: 9,
    said: 'There is dealing under the road bridge by the lock nearly every night from about ten. It is loud, there is broken glass in the morning, and I take the long way round with the dog now. The lamp under the bridge has been out since the summer.',
    channel: 'meeting',
    answer:
      'We talked about this at the ward meeting and adopted it as a priority. The first two steps are a working lamp under the bridge, which we have asked the waterways trust for, and patrols on the path on Thursday to Saturday nights.',
    supporters: 9,
    news: [],
  },
  {
    key: 'speeding',
    area: 'E05013664',
    title: 'Speeding in the 20 mph streets behind the main road',
    description:
      'Drivers use the residential streets to avoid the lights and do not keep to 20 miles an hour, above all during the school run.',
    category: 'road-safety',
    adoptedDaysAgo: 140,
    said: 'We live on one of the streets that satnavs send people down to miss the traffic lights. Cars go at 35 or 40 past two schools. The council put up the twenty signs and that was it. Please enforce it.',
    channel: 'web',
    answer:
      'Thank you. We measured speeds for a week after you wrote and you are right: one car in four went faster than 28 miles an hour. We have adopted this as a priority together with the council and the two schools.',
    supporters: 14,
    news: [
      {
        daysAgo: 126,
        status: 'in-progress',
        text: 'Community speed watch has begun: nine neighbours were trained, and letters have gone to 84 registered keepers.',
      },
      {
        daysAgo: 71,
        status: 'in-progress',
        text: 'Officers with a speed gun were in the streets on six mornings. 41 drivers were fined or sent on a course.',
      },
      {
        daysAgo: 17,
        status: 'achieved',
        text: 'We measured again: one car in twenty now goes faster than 28 miles an hour, and the council’s new width restriction opened last month. We consider this done and will measure once more in the spring.',
      },
    ],
  },
  {
    key: 'stairwells',
    area: 'E05013658',
    title: 'Intimidating groups in the stairwells of the estate',
    description:
      'Groups gather in three stairwells in the evenings, smoke, block the way and are rude to those who ask to pass. Older neighbours and parents with prams say that they stay at home.',
    category: 'antisocial-behaviour',
    adoptedDaysAgo: 44,
    said: 'I am 74 and I am on the third floor. The lift is broken half the time so I need the stairs and in the evening I cannot use them, there are eight or nine of them sitting there and it stinks of weed. They are not all bad boys, one of them carried my shopping once. But I do not go to bingo any more.',
    channel: 'paper',
    answer:
      'Thank you for your letter. We have made this a priority. The housing office will mend the doors of the three stairwells so that they lock again, and our officers will look in each evening. The youth centre has offered to open until nine on three evenings so that there is somewhere better to sit.',
    supporters: 11,
    news: [
      {
        daysAgo: 30,
        status: 'in-progress',
        text: 'Two of the three doors lock again. We have spoken to the families of four young people, and the youth centre is open until nine from Tuesday to Thursday.',
      },
    ],
  },
  {
    key: 'bicycles',
    area: 'E05013666',
    title: 'Bicycle theft from the racks by the two stations',
    description:
      'Bicycles that are left for the working day are stolen with power tools in less than a minute. Nobody looks twice at somebody with a grinder and a yellow jacket.',
    category: 'burglary-and-theft',
    adoptedDaysAgo: 52,
    said: 'Third bike in two years. Same racks. Same story: no footage, case closed by email before I have even finished work. If you cannot catch them could you at least move the racks to where people can see them?',
    channel: 'web',
    answer:
      'You are right to be cross, and we are sorry about the e-mail: it was sent before anybody had asked the station for its pictures. We have adopted bicycle theft as a priority, have marked 120 bicycles since you wrote, and are talking to the stations about moving the racks to the main entrance.',
    supporters: 16,
    news: [
      {
        daysAgo: 38,
        status: 'in-progress',
        text: 'Free bicycle marking on the first Tuesday of the month, 7am to 10am, at the main entrance. No appointment needed.',
      },
      {
        daysAgo: 12,
        status: 'in-progress',
        text: 'A bicycle of ours with a tracker was stolen on its second day out. It led us to a lock-up with 31 others; 22 have gone home so far. Have yours marked, it is how we find you.',
      },
    ],
  },
  {
    key: 'way-home',
    area: 'E05013669',
    title: 'Young people’s safety on the way home from school',
    description:
      'Pupils of three schools tell us that they are followed, threatened or robbed of coats and headphones between school and the estates in the hour after school. We want every child to get home without being afraid.',
    category: 'violence',
    adoptedDaysAgo: 83,
    said: 'We are the year 9 school council. We asked 60 people in our year and 22 said they change their way home because of older kids who take stuff. Teachers stand at the gate but nobody is at the end of the road where it happens. We do not want more stop and search of us, we want grown ups to just be there.',
    channel: 'paper',
    answer:
      'Your survey is the best evidence that we were given this year. We have adopted it as a priority, in your words: grown-ups to be there. Officers, parents and two youth workers will stand at the four corners that you marked on your map, from 3.10pm to 4pm. We would like to come back each term and ask you whether it works.',
    supporters: 27,
    news: [
      {
        daysAgo: 70,
        status: 'in-progress',
        text: 'The four corners are staffed every school day. Fourteen parents have joined in. They wear purple jackets.',
      },
      {
        daysAgo: 28,
        status: 'in-progress',
        text: 'We asked the school council again. Those who change their way home went from 22 of 60 to 9 of 60. They asked for somebody at the bus stop, too; that starts on Monday.',
      },
    ],
  },
  {
    key: 'mopeds',
    area: 'E05013665',
    title: 'Mopeds ridden on pavements and through the gardens',
    description:
      'Riders cut through the gardens and over pavements to save a minute. Several people were nearly hit.',
    category: 'road-safety',
    adoptedDaysAgo: 96,
    said: 'Delivery mopeds come straight through the gardens where toddlers play. I counted 14 in an hour on Sunday.',
    channel: 'phone',
    answer:
      'Thank you for counting. We have adopted this as a priority and will speak to the riders and to the companies that they ride for.',
    supporters: 6,
    news: [
      {
        daysAgo: 80,
        status: 'in-progress',
        text: 'We have spoken to 37 riders. Most did not know that the path is closed to them, because the sign was behind a tree. The sign has been moved.',
      },
      {
        daysAgo: 24,
        status: 'closed',
        closedReason:
          'Gates that mopeds cannot pass were put in by the council at both ends of the gardens in October. Nothing is left that the police could do better.',
        text: 'The gates are in. Thank you to those who kept count: that paid for them.',
      },
    ],
  },
  {
    key: 'night-buses',
    area: 'E05009370',
    title: 'Harassment of women at the night bus stops',
    description:
      'Women who wait for night buses after work or after going out are shouted at, followed and touched. We want the stops to be a place where everybody can wait.',
    category: 'violence-against-women-and-girls',
    adoptedDaysAgo: 40,
    said: 'I finish at the hospital at midnight, and I wait for the night bus with my keys in my hand. There is always somebody who comments, stands too close, asks where I live. I have never reported it because what would I say? Nothing “happened”. But it happens every week, to all of us on that shift.',
    channel: 'web',
    answer:
      'Thank you for writing this down. It does count, and you may report it: each report, also of “nothing happened”, tells us at which stop and hour to be. We have adopted it as a priority. Officers trained for this work will be at the four stops from 11pm to 2am on most nights, and they will ask the men, not the women, to explain themselves.',
    supporters: 21,
    news: [
      {
        daysAgo: 26,
        status: 'in-progress',
        text: 'Eleven evenings so far. 26 men were spoken to, three were arrested. The bus company will brighten the lights at two of the stops by the end of the month.',
      },
    ],
  },
  {
    key: 'workshops',
    area: 'E05009374',
    title: 'Break-ins at workshops and studios',
    description:
      'Tools, cameras and laptops are taken from shared workshops at weekends, often through the same back gate.',
    category: 'burglary-and-theft',
    adoptedDaysAgo: 120,
    said: 'Our studio building has been broken into four times this year. Forty small businesses, none of us can get insurance now. We think that they come over the back gate by the railway.',
    channel: 'meeting',
    answer:
      'Thank you for the list of dates that you brought to the meeting. We have adopted this as a priority. An officer who knows about locks and alarms will walk round the building with you on Thursday.',
    supporters: 8,
    news: [
      {
        daysAgo: 101,
        status: 'in-progress',
        text: 'The back gate was replaced and the landlord has put in lights. Three neighbouring buildings were looked at, too.',
      },
      {
        daysAgo: 35,
        status: 'achieved',
        text: 'No break-in for ten weeks, and two men were sentenced for the earlier ones. We thank the businesses who gave us their footage.',
      },
    ],
  },
  {
    key: 'shop-front',
    area: 'E05009376',
    title: 'Drinking and disorder outside the parade of shops',
    description:
      'Shop workers are abused and customers stay away because of drinking and fights in front of the parade, mostly from midday on.',
    category: 'antisocial-behaviour',
    adoptedDaysAgo: 4,
    said: 'I work in the chemist. We get called names, they spit, they ask old ladies for money at the cash machine. I know some of them are ill and need help not police but we need someone.',
    channel: 'web',
    answer:
      'Thank you; you put it very fairly. We have adopted it as a priority and will go about it with the drug and alcohol service: help for those who need it, and a firm line on abuse of shop workers. An officer will come by the chemist this week.',
    supporters: 5,
    news: [],
  },
  {
    key: 'park-fires',
    area: 'E05009381',
    title: 'Fires and loud music in the park at night',
    description: 'Fires on the grass and music until the small hours on warm nights.',
    category: 'antisocial-behaviour',
    adoptedDaysAgo: 133,
    said: 'Every warm weekend it is the same: disposable barbecues, sound systems until 3am and the grass burnt black. I like people enjoying themselves. I also like sleeping.',
    channel: 'web',
    answer:
      'Thank you. We have adopted this for the summer months and will be in the park with the council’s rangers on Friday and Saturday nights.',
    supporters: 7,
    news: [
      {
        daysAgo: 110,
        status: 'in-progress',
        text: 'On five weekends officers and rangers asked people to put out 63 fires. Nearly all of them did so when asked.',
      },
      {
        daysAgo: 47,
        status: 'closed',
        closedReason:
          'The season is over, and from next year the council’s rangers may fine people themselves. We will take it up again if that does not help.',
        text: 'Last weekend of the season: no fires.',
      },
    ],
  },
  {
    key: 'school-gates',
    area: 'E05009385',
    title: 'Dangerous driving and parking outside schools',
    description:
      'Cars stop on the zigzag lines, mount the pavement and turn round in front of the gate at the time when children arrive.',
    category: 'road-safety',
    adoptedDaysAgo: 15,
    said: 'A car reversed over the pavement this morning where children were queueing. The lollipop man shouted and it stopped. One of these days it will not.',
    channel: 'web',
    answer:
      'Thank you for telling us straight away. We have adopted this as a priority. Officers will be at the three primary schools in turn, and the council is asked to close the street at the beginning and end of the school day.',
    supporters: 12,
    news: [],
  },
  {
    key: 'market-weapons',
    area: 'E05013719',
    title: 'Weapons carried in and around the market square',
    description:
      'Traders and young people say that knives are carried and hidden around the square. After the incident in September we owe this place a plan that lasts longer than a few weeks of vans.',
    category: 'violence',
    adoptedDaysAgo: 58,
    said: 'After what happened in September there were police vans here for two weeks, and then nothing. We traders sweep up, we know where things are hidden because we find them in the planters. Come and talk to us, not just on the day after.',
    channel: 'meeting',
    answer:
      'You are right that two weeks of vans are not a plan. We have adopted this as a priority for a year. There is now one sergeant whom every trader can ring, a search of the square every market day with you, and a knife bin by the library. We will tell you each month what was found.',
    supporters: 18,
    news: [
      {
        daysAgo: 45,
        status: 'in-progress',
        text: 'First month: six knives found in eight searches, all of them hidden, none on a person. The knife bin has been emptied once: nine.',
      },
      {
        daysAgo: 14,
        status: 'in-progress',
        text: 'Second month: two knives in nine searches. A youth worker has started at the library on Wednesdays and Fridays. Thank you to the traders who told us about the loose paving.',
      },
    ],
  },
  {
    key: 'abuse-on-buses',
    area: 'E05013727',
    title: 'Racist and homophobic abuse on buses and at the interchange',
    description:
      'People are abused for who they are on buses and while they wait for them. Few report it, because they do not expect that anything will follow.',
    category: 'hate-crime',
    adoptedDaysAgo: 7,
    said: 'My partner and I were called things I will not write here, on the bus, in front of everyone, for holding hands. The driver did nothing and neither did anyone else. I filled in the form and got a number. Please make this something you actually work on.',
    channel: 'web',
    answer:
      'We are sorry, above all that nobody stood up for you. We have adopted this as a priority. We will ride the buses that people name, in plain clothes too; and the bus company has agreed to brief its drivers on when to stop and call us. If you would like to talk to somebody about what happened to you, reply to this message.',
    supporters: 10,
    news: [],
  },
  {
    key: 'tools',
    area: 'E05013731',
    title: 'Vans broken into overnight for their tools',
    description:
      'Builders, plumbers and gardeners lose the tools that they live on. Doors are peeled open between 2am and 5am.',
    category: 'vehicle-crime',
    adoptedDaysAgo: 31,
    said: 'Two grand of tools gone on Tuesday night, three other vans in the next road. I can not work without them. Nobody came. Just a crime number for the insurance, who will not pay out because it was overnight.',
    channel: 'phone',
    answer:
      'We are sorry about your tools, and that nobody came. We have adopted this as a priority: night patrols on the roads that were hit, free marking of tools at the builders’ merchant, and visits to the boot sales where stolen tools are sold.',
    supporters: 9,
    news: [
      {
        daysAgo: 19,
        status: 'in-progress',
        text: 'Tools of 64 tradespeople were marked in two mornings. The next morning is on the first Saturday of the month, 6.30am to 9am, at the builders’ merchant.',
      },
    ],
  },
];
